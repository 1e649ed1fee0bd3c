/**
 * Installs the package that `npm run package` made, as a user would, into a VS Code with an empty profile, and explores
 * the sample data in a folder that is not trusted.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { openWorkbench } from '../ui/openWorkbench';
import { report } from './lib/counts';
import { root } from './lib/paths';
import { program } from './lib/program';

const vsix = join(root, 'connections-explorer.vsix');

program(async () => {
  if (!existsSync(vsix)) throw new Error(`${vsix} is not there: npm run package makes it.`);
  const { workbench, close } = await openWorkbench({ askTrust: true, install: [vsix] }, {});
  try {
    await workbench.restricted();
    await workbench.openView('Connections');
    await workbench.welcome('Explore Sample Data').click();
    await workbench.choose('Adobe Customer Journey Analytics');
    await workbench.row({ name: /./, level: 1 });
    return report('vsix', { passed: 1, failed: 0 });
  } catch (error) {
    console.error(error);
    return report('vsix', { passed: 0, failed: 1 });
  } finally {
    await workbench.screenshot('vsix');
    await close();
  }
}, 240_000);
