import { editor } from '../../../support/vscode/vscode';
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { ActionRunner } from '../../../../src/features/actions/actionRunner';
import { DraftFiles } from '../../../../src/features/actions/draftFiles';
import { Drafts } from '../../../../src/features/actions/drafts';
import { draftScheme } from '../../../../src/shared/identifiers';
import { idleAction } from '../../../support/getAction';
import { UNWRITABLE } from '../../../support/fakes/storage';
import { account, resource } from '../../../support/fakes/store';
import { FileSystemError, Uri } from '../../../support/vscode/values';

const edit = idleAction({
  ...{ id: 'edit', verb: 'edit', title: 'Edit as JSON', confirmation: 'confirm' },
  input: { kind: 'document' },
});

it('begins nothing for a row whose account was removed', async () => {
  editor.reset();
  const registration = { dispose: () => undefined };
  const runner = new ActionRunner({
    store: { onDidChange: () => () => undefined, account: () => undefined },
    drafts: { onDidLoad: () => registration, onDidAskToSend: () => registration },
    ongoing: { isBeingDeleted: () => false },
  } as never);
  await assert.rejects(runner.start(resource(account, 'connection', 'Sales'), edit), { kind: 'notFound' });
});

it('has no document that was not begun, as VS Code may have restored one', async () => {
  editor.reset();
  const drafts = new Drafts({ files: new DraftFiles(UNWRITABLE), texts: {}, secrets: [] } as never);
  const uri = Uri.from({ scheme: draftScheme, path: '/Retail/edit.jsonc', query: '0123456789abcdef' });
  for (const asked of [drafts.stat(uri as never), drafts.readFile(uri as never)])
    await assert.rejects(asked, (error) => error instanceof FileSystemError && error.code === 'FileNotFound');
  drafts.dispose();
});
