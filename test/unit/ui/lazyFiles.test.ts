import '../../support/vscode/vscode';
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { LazyFiles } from '../../../src/ui/lazyFiles';
import { FileSystemError, Uri } from '../../support/vscode/values';

it('lets no file be created, deleted, renamed or written, and loads nothing for it', async () => {
  const uri = Uri.parse('memory:/a.json') as never;
  const loads: string[] = [];
  const files = new LazyFiles(() => {
    loads.push('loaded');
    return Promise.resolve({ onDidChangeFile: () => undefined } as never);
  });
  const isRefused = (error: unknown): boolean =>
    error instanceof FileSystemError && error.code === 'NoPermissions';
  for (const change of ['createDirectory', 'delete', 'rename'] as const)
    assert.throws(() => files[change](uri), isRefused, change);
  assert.deepEqual([files.readDirectory(), loads], [[], []]);
  await assert.rejects(files.writeFile(uri, new Uint8Array()), isRefused);
  files.dispose();
});
