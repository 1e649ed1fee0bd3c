/** Folders shared by the programs below test/scripts/ and by tests. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The project folder: the closest one above the bundle with a manifest. */
export const root = rootAbove(__dirname);
export const out = join(root, 'out');
/** Downloads that are kept: VS Code builds and a browser. `@vscode/test-electron` keeps its own here too. */
export const downloads = join(root, '.vscode-test');
/** What `npm run package` makes. */
export const vsix = join(root, 'connections-explorer.vsix');
export const screenshots = join(out, 'screenshots');

function rootAbove(folder: string): string {
  return existsSync(join(folder, 'package.json')) ? folder : rootAbove(dirname(folder));
}
