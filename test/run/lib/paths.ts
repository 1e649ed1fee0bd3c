/** The folders that the programs below test/run/ share. Every program runs from out/run/, two levels below the root. */
import { join } from 'node:path';

export const root = join(__dirname, '..', '..');
export const out = join(root, 'out');
/** What is downloaded once and kept: VS Code builds and a browser. `@vscode/test-electron` keeps its own here too. */
export const downloads = join(root, '.vscode-test');
export const screenshots = join(out, 'screenshots');
