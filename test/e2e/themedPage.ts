import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { Page } from 'playwright-core';
import { root } from '../scripts/lib/paths';

export const themes = ['dark', 'light', 'hc-dark', 'hc-light'] as const;
export type Theme = (typeof themes)[number];

/** The themes as VS Code names them. */
export const themeTitles: Readonly<Record<Theme, string>> = {
  dark: 'Dark Modern',
  light: 'Light Modern',
  'hc-dark': 'Dark High Contrast',
  'hc-light': 'Light High Contrast',
};

const classes: Readonly<Record<Theme, string>> = {
  dark: 'vscode-dark',
  light: 'vscode-light',
  'hc-dark': 'vscode-high-contrast',
  'hc-light': 'vscode-high-contrast vscode-high-contrast-light',
};

const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.ttf': 'font/ttf',
};

/** The origin of pages from {@link serve}. */
export const pageOrigin = 'https://page.test';

/** Opens a document on a page, which finds the files of a folder next to it and nothing else. */
export async function serve(
  page: Page,
  folder: string,
  document: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<void> {
  await page.route('**/*', async (route) => {
    const name = new URL(route.request().url()).pathname.slice(1);
    if (name === '') {
      await route.fulfill({ body: document, contentType: 'text/html', headers });
    } else {
      const body = await readFile(join(folder, name));
      await route.fulfill({ body, contentType: types[extname(name)] ?? '' });
    }
  });
  await page.goto(pageOrigin);
}

/** Gives a page the colours that VS Code gives webviews in a theme. */
export async function setTheme(page: Page, theme: Theme, fontFamily = 'sans-serif'): Promise<void> {
  const all = JSON.parse(readFileSync(join(root, 'test/e2e/themes.json'), 'utf8')) as Record<
    Theme,
    Readonly<Record<string, string>>
  >;
  const fonts = Object.fromEntries(
    ['', 'editor-'].flatMap((part) => [
      [`--vscode-${part}font-family`, fontFamily],
      [`--vscode-${part}font-size`, '13px'],
    ]),
  );
  await page.evaluate(`(() => {
    const { style } = document.documentElement;
    document.documentElement.removeAttribute('style');
    document.body.className = ${JSON.stringify(classes[theme])};
    for (const [name, value] of Object.entries(${JSON.stringify({ ...all[theme], ...fonts })}))
      style.setProperty(name, value);
  })()`);
}
