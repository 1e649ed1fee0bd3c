/**
 * Runs the Mocha suite of test/integration/ in desktop builds of VS Code, which `@vscode/test-electron`
 * downloads: the oldest that package.json allows, and the newest stable one.
 *
 *   node out/scripts/desktop.js [--grep TEXT]
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runTests } from '@vscode/test-electron';
import { engines } from '../../package.json';
import { report, sum, type Counts } from './lib/counts';
import { readCounts } from './lib/hostSuite';
import { out, root } from './lib/paths';
import { program } from './lib/program';
import { temporaryFolder } from './lib/temporaryFolder';

const { values } = parseArgs({ options: { grep: { type: 'string' } } });

program(async () => {
  const counts: Counts[] = [];
  for (const version of [engines.vscode.replace('^', ''), 'stable']) {
    console.log(`VS Code ${version}`);
    counts.push(await runDesktop(version));
  }
  return report('desktop', sum(counts));
}, 1_200_000);

/** Runs the suite in one version, with an empty profile and no other extensions. */
async function runDesktop(version: string): Promise<Counts> {
  const profile = await temporaryFolder('desktop');
  const result = join(profile, 'result.json');
  const code = await runTests({
    version,
    extensionDevelopmentPath: root,
    extensionTestsPath: join(out, 'integration', 'index.js'),
    extensionTestsEnv: { TEST_RESULT: result, TEST_GREP: values.grep },
    launchArgs: [
      profile,
      '--user-data-dir',
      join(profile, 'user'),
      '--disable-extensions',
      '--disable-workspace-trust',
    ],
  }).catch((error: unknown) => {
    console.error(error);
    return 1;
  });
  const counts = await readCounts(result);
  return { ...counts, failed: code === 0 ? counts.failed : Math.max(counts.failed, 1) };
}
