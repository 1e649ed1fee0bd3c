import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { format } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { openContext } from './browser';
import { noCounts, parseCounts, type Counts } from './counts';
import { isFault } from './faults';
import { startHost, type HostVersion } from './npmHost';
import { out, root } from './paths';
import { suiteMark } from './suiteMark';
import { temporaryFolder } from './temporaryFolder';

export interface SuiteOptions {
  /** Part of the names of the tests to run. */
  readonly grep?: string;
  /** The root of the extension that runs in development mode; default: the project. */
  readonly extension?: string;
  /** The module that exports `run()`; default: the Mocha suite. */
  readonly tests?: string;
  /** Added to the environment of the extension host. */
  readonly env?: NodeJS.ProcessEnv;
  /** Time limit of the suite in milliseconds; default: eight minutes. */
  readonly limit?: number;
  /** Called with each line that the suite prints; default: the console. */
  readonly print?: (line: string) => void;
}

const DEFAULT_LIMIT_MS = 480_000;

/** Runs the Mocha suite in the extension host of a VS Code from npm, shown in the given browser. */
export async function runHostSuite(
  version: HostVersion,
  browser: Browser,
  options: SuiteOptions = {},
): Promise<Counts> {
  const { extension = root, tests = join(out, 'integration', 'index.js') } = options;
  const result = join(await temporaryFolder('suite'), 'result.json');
  const host = await startHost(version, {
    env: { ...getGrep(options), TEST_RESULT: result, ...options.env },
  });
  const context = await openContext(browser, { viewport: { width: 800, height: 600 } });
  try {
    const print = options.print ?? console.log;
    const { code, faults } = await watched(await context.newPage(), host.url({ extension, tests }), {
      print,
      limit: options.limit ?? DEFAULT_LIMIT_MS,
    });
    for (const fault of faults) print(`VS Code logged of the extension: ${fault}`);
    const counts = await readCounts(result);
    const { failed } = counts;
    return { ...counts, failed: failed > 0 || code === 0 ? failed + faults.length : 1 };
  } finally {
    await context.close();
    await host.stop();
  }
}

/** The result of a suite, and the errors in VS Code's log that involve the extension. */
interface Ending {
  readonly code: number;
  readonly faults: readonly string[];
}

/**
 * Opens the workbench and waits until the suite in its extension host has ended. Prints the suite's output;
 * if there is none, that of VS Code.
 */
async function watched(
  page: Page,
  url: string,
  { print, limit }: { readonly print: (line: string) => void; readonly limit: number },
): Promise<Ending> {
  const other: string[] = [];
  const own: string[] = [];
  const faults: string[] = [];
  await page.exposeFunction('codeAutomationLog', (type: string, args: readonly unknown[]) => {
    const text = format(...args);
    const isOwn = text.startsWith(suiteMark);
    (isOwn ? own : other).push(text);
    if (isOwn) print(text.replaceAll(suiteMark, ''));
    else if (isFault(type, text)) faults.push(text);
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
  return { code, faults };
}

function getGrep({ grep }: SuiteOptions): NodeJS.ProcessEnv {
  return grep === undefined ? {} : { TEST_GREP: grep };
}

/** Reads the counts that the suite of test/integration/ wrote to a file; none if it did not get that far. */
export async function readCounts(file: string): Promise<Counts> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  return text === undefined ? noCounts : parseCounts(text);
}
