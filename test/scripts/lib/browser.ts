/** The browser that shows the workbench: an installed Chrome or Chromium, else the Chromium from npm. */
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContext, type BrowserContextOptions } from 'playwright-core';
import { installOnce } from './installOnce';
import { downloads, root } from './paths';
import { runOrThrow } from './processes';
import { keepReachedPoints } from './reachedPoints';

const installed: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  linux: ['google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser'].flatMap((name) => [
    `/usr/bin/${name}`,
    `/snap/bin/${name}`,
  ]),
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ],
  win32: [
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
  ],
};

/**
 * The workbench is local, so the browser's own network requests are useless. Letters have the same width on
 * every machine, so that pictures can be compared.
 */
const always = [
  '--font-render-hinting=none',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The system's fonts and those of the package: a page without any font crashes the browser. */
const fontsConfig = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir prefix="relative">fonts</dir>
  <cachedir prefix="relative">fonts-cache</cachedir>
</fontconfig>
`;

/** The path of the browser in CHROME_PATH, or of an installed one; undefined if there is none. */
export function installedBrowser(): string | undefined {
  const paths = [process.env.CHROME_PATH, ...(installed[process.platform] ?? [])];
  return paths.find((path) => path !== undefined && existsSync(path));
}

/**
 * Starts a headless browser.
 * @throws Error that says what to install if there is none
 */
export async function launchBrowser(): Promise<Browser> {
  const found = installedBrowser();
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  if (found !== undefined) {
    return await chromium.launch({ executablePath: found, args: [...always, ...sandbox], timeout: 30_000 });
  }
  const folder = await installBrowser();
  return await chromium.launch({
    executablePath: join(folder, 'chromium'),
    args: [...always, '--no-sandbox', '--no-zygote', '--in-process-gpu', '--disable-webgl'],
    env: {
      ...process.env,
      LD_LIBRARY_PATH: join(folder, 'al2023', 'lib'),
      FONTCONFIG_FILE: join(folder, 'fonts.conf'),
    },
    timeout: 30_000,
  });
}

/**
 * Opens a window in which nothing of VS Code moves by itself: icons of progress and scroll bars that fade would be drawn
 * anew sixty times a second, on the processor. VS Code's setting for reduced motion leaves them.
 */
export async function openContext(
  browser: Browser,
  options?: BrowserContextOptions,
): Promise<BrowserContext> {
  const context = await browser.newContext(options);
  keepReachedPoints(context);
  await context.addInitScript(`addEventListener('DOMContentLoaded', () => {
    if (window !== top) return;
    const style = document.createElement('style');
    style.textContent = '*, ::before, ::after { animation: none !important; transition: none !important; }';
    document.head.append(style);
  })`);
  return context;
}

/**
 * Unpacks the Chromium of `@sparticuz/chromium`, once. The package unpacks into the temporary folder and adds
 * the system libraries only if it detects AWS Lambda, so it runs in a separate Node whose environment sets
 * both.
 * @returns the folder with `chromium`, `al2023/lib` and `fonts`
 */
export async function installBrowser(): Promise<string> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(
      'No Chrome or Chromium found. Install one, or name its path in the environment variable CHROME_PATH.',
    );
  }
  return await installOnce(join(downloads, 'chromium-143.0.4'), async (staging) => {
    await runOrThrow(process.execPath, ['-e', 'require("@sparticuz/chromium").executablePath()'], {
      cwd: root,
      env: { ...process.env, TMPDIR: staging, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' },
      timeout: 60_000,
    });
    await writeFile(join(staging, 'fonts.conf'), fontsConfig);
  });
}
