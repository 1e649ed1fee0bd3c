import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { format } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import * as v from 'valibot';
import type { Counts } from './counts';
import { startHost, type HostVersion } from './npmHost';
import { out, root } from './paths';
import { suiteMark } from './suiteMark';
import { temporaryFolder } from './temporaryFolder';

export interface SuiteOptions {
  /** A part of the names of the tests to run. */
  readonly grep?: string;
  /** The root of the extension that runs in development mode; the project's own without it. */
  readonly extension?: string;
  /** The module that exports `run()`; the Mocha suite without it. */
  readonly tests?: string;
  /** Added to the environment of the extension host. */
  readonly env?: NodeJS.ProcessEnv;
  /** Called with each line that the suite writes; the console without it. */
  readonly print?: (line: string) => void;
}

const limit = 150_000;

/** Runs the Mocha suite inside the extension host of a VS Code from npm, shown in the given browser. */
export async function runHostSuite(
  version: HostVersion,
  browser: Browser,
  options: SuiteOptions = {},
): Promise<Counts> {
  const { extension = root, tests = join(out, 'host', 'index.js') } = options;
  const result = join(await temporaryFolder('suite'), 'result.json');
  const host = await startHost(version, { env: { ...grepOf(options), TEST_RESULT: result, ...options.env } });
  const context = await browser.newContext();
  try {
    const code = await exitCode(
      await context.newPage(),
      host.url({ extension, tests }),
      options.print ?? console.log,
    );
    const counts = await readCounts(result);
    return code === 0 || counts.failed > 0 ? counts : { passed: counts.passed, failed: 1 };
  } finally {
    await context.close();
    await host.stop();
  }
}

/**
 * Opens the workbench and waits until the suite in its extension host has ended.
 * Prints what the suite writes, and all that VS Code wrote too when the suite did not come to write anything.
 */
async function exitCode(page: Page, url: string, print: (line: string) => void): Promise<number> {
  const other: string[] = [];
  const own: string[] = [];
  await page.exposeFunction('codeAutomationLog', (_type: string, args: readonly unknown[]) => {
    const text = format(...args);
    (text.startsWith(suiteMark) ? own : other).push(text);
    if (text.startsWith(suiteMark)) print(text.replaceAll(suiteMark, ''));
  });
  const code = await new Promise<number>((resolve, reject) => {
    setTimeout(resolve, limit, 1).unref();
    page.once('crash', () => {
      resolve(1);
    });
    page
      .exposeFunction('codeAutomationExit', resolve)
      .then(() => page.goto(url, { timeout: 30_000 }))
      .catch(reject);
  });
  if (own.length === 0) print(other.join('\n'));
  return code;
}

function grepOf({ grep }: SuiteOptions): NodeJS.ProcessEnv {
  return grep === undefined ? {} : { TEST_GREP: grep };
}

/** Reads the counts that the suite of test/host/ left in a file; none where it did not come so far. */
export async function readCounts(file: string): Promise<Counts> {
  const text = await readFile(file, 'utf8').catch(() => '{"passed":0,"failed":0}');
  return v.parse(v.object({ passed: v.number(), failed: v.number() }), JSON.parse(text));
}
