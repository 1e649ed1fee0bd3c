import '../../../support/vscode/vscode';
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { JsonDocuments } from '../../../../src/features/editor/jsonDocuments';
import { Uri } from '../../../support/vscode/values';

it('has no text at an address that names no resource, and asks no service', async () => {
  const documents = new JsonDocuments({} as never);
  for (const query of ['', 'else:where', 'account:a/']) {
    const uri = Uri.from({ scheme: 'connections-explorer-json', path: '/a.json', query });
    await assert.rejects(documents.provideTextDocumentContent(uri as never, {} as never), {
      kind: 'notFound',
      message: /is not the address of a resource/,
    });
  }
  documents.dispose();
});
