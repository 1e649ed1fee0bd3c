/** The folders that the programs below test/scripts/ and tests share. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder of the project: the first with a manifest above that of the bundle. */
export const root = rootAbove(__dirname);
export const out = join(root, 'out');
/** What is downloaded once and kept: VS Code builds and a browser. `@vscode/test-electron` keeps its own here too. */
export const downloads = join(root, '.vscode-test');
export const screenshots = join(out, 'screenshots');

function rootAbove(folder: string): string {
  return existsSync(join(folder, 'package.json')) ? folder : rootAbove(dirname(folder));
}
