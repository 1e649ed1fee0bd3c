import { join } from 'node:path';
import { scripts } from '../../../package.json';
import { root } from './paths';

/** Arguments of Node for the script `package` of package.json, which needs no shell then. */
export const packageArguments: readonly string[] = [
  join(root, 'node_modules/@vscode/vsce/vsce'),
  ...scripts.package.split(' ').slice(1),
];
