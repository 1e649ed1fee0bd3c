/**
 * The Mocha suite of the extension host. VS Code calls {@link run} there, under `@vscode/test-electron` and under the
 * npm host alike; every `*.test.js` next to this module belongs to the suite.
 */
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, inspect } from 'node:util';
import type { Counts } from '../scripts/lib/counts';
import { suiteMark } from '../scripts/lib/suiteMark';

/**
 * Runs the suite. The environment may hold `TEST_GREP`, a part of the names of the tests to run, and `TEST_RESULT`,
 * a file that gets the {@link Counts} as JSON.
 * @throws Error when a test failed or there was none, which makes the exit code of VS Code 1
 */
export async function run(): Promise<void> {
  const { default: Mocha } = await import('mocha');
  const { TEST_GREP: grep, TEST_RESULT: result } = process.env;
  // VS Code writes much of its own to the same console: the mark identifies the suite's lines.
  Mocha.reporters.Base.consoleLog = (...args: unknown[]) => {
    console.log(format(...args).replace(/^/gm, suiteMark));
  };
  const mocha = new Mocha({
    ui: 'bdd',
    color: false,
    timeout: 20_000,
    slow: 2_000,
    // A window on a busy machine may be late.
    retries: 1,
    ...(grep === undefined ? {} : { grep }),
  });
  for (const name of readdirSync(__dirname)) {
    if (name.endsWith('.test.js')) mocha.addFile(join(__dirname, name));
  }
  const counts = await new Promise<Counts>((resolve) => {
    let passed = 0;
    let skipped = 0;
    const retried = new Set<string>();
    const flaky: string[] = [];
    mocha
      .run((failed) => {
        resolve({ passed, failed, skipped, flaky });
      })
      .on('retry', (test: Mocha.Test, error: unknown) => {
        retried.add(test.fullTitle());
        Mocha.reporters.Base.consoleLog('Tried again: %s\n%s', test.fullTitle(), inspect(error));
      })
      .on('pending', () => (skipped += 1))
      .on('pass', (test) => {
        passed += 1;
        if (retried.has(test.fullTitle())) flaky.push(test.fullTitle());
      });
  });
  if (result !== undefined) writeFileSync(result, JSON.stringify(counts));
  if (counts.failed > 0) throw new Error(`${counts.failed} tests failed.`);
  if (counts.passed === 0) throw new Error('No test ran.');
}
