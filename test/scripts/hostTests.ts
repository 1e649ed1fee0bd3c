/**
 * Runs the Mocha suite of test/integration/ in the newest and in the oldest supported VS Code.
 *
 *   node out/scripts/hostTests.js [--only newest|oldest] [--grep TEXT]
 */
import { parseArgs } from 'node:util';
import { launchBrowser } from './lib/browser';
import { report, sum, type Counts } from './lib/counts';
import { failRepeatedFlakes } from './lib/flakes';
import { runHostSuite } from './lib/hostSuite';
import { newest, oldest } from './lib/npmHost';
import { program } from './lib/program';

const { values } = parseArgs({ options: { only: { type: 'string' }, grep: { type: 'string' } } });

program(async () => {
  const versions = [newest, oldest].filter(({ label }) => (values.only ?? label) === label);
  const browser = await launchBrowser();
  const counts: Counts[] = [];
  for (const version of versions) {
    console.log(`VS Code ${version.vscode} (${version.label})`);
    const found = await runHostSuite(
      version,
      browser,
      values.grep === undefined ? {} : { grep: values.grep },
    );
    const run = { kind: `host-${version.label}`, isWhole: values.grep === undefined };
    counts.push(failRepeatedFlakes(found, run));
  }
  await browser.close();
  return report('host', sum(counts));
}, 1_000_000);
