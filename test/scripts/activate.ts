/**
 * Activates the extension of dist/ without an editor and without an account, and prints the files that this
 * loaded, as JSON. Started by `lib/budget`, which makes `vscode` resolve to `stubs/vscode`.
 */
import { createRequire } from 'node:module';
import { join, sep } from 'node:path';
import * as v from 'valibot';
import { root } from './lib/paths';

const extension = v.object({ activate: v.function() });

const dist = join(root, 'dist') + sep;
const require = createRequire(__filename);
const memento = { get: (_key: string, fallback?: unknown) => fallback, update: done, keys: () => [] };
const context = {
  subscriptions: [],
  globalState: { ...memento, setKeysForSync: () => undefined },
  workspaceState: memento,
  secrets: { get: done, store: done, delete: done, onDidChange: () => ({ dispose: () => undefined }) },
  globalStorageUri: { fsPath: join(root, 'out', 'activate') },
  extension: { id: 'connections-explorer.connections-explorer' },
  extensionUri: {},
  extensionMode: 1,
};

const loaded: unknown = require(join(dist, 'extension.js'));
v.parse(extension, loaded).activate(context);

// Everything that activation loads is loaded when the event loop is empty.
process.once('beforeExit', () => {
  console.log(JSON.stringify(Object.keys(require.cache).filter((file) => file.startsWith(dist))));
});

function done(): Promise<undefined> {
  return Promise.resolve(undefined);
}
