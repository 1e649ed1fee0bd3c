import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { HttpError } from '../../../../src/core/http/errors';
import { childPath } from '../../../../src/core/services/contract/path';
import type { Action } from '../../../../src/core/services/contract/action';
import type { Session } from '../../../../src/core/services/contract/service';
import type { Resource } from '../../../../src/core/services/contract/resource';
import { resolveAction, resolveDocumentAction } from '../../../../src/features/actions/resolveAction';
import { idleAction } from '../../../support/getAction';
import { account, createAccount, resource } from '../../../support/fakes/store';

const row = resource(account, 'connection', 'c', 'Web');
const edit: Action = {
  ...idleAction({
    ...{ id: 'edit', verb: 'edit', title: 'Edit…', confirmation: 'confirm', input: { kind: 'document' } },
  }),
  draft: () => Promise.resolve({ text: '{}', schema: {} }),
  preview: () => Promise.resolve({ before: '', after: '' }),
};
const remove = idleAction({
  ...{ id: 'delete', verb: 'delete', title: 'Delete…', confirmation: 'typeName', input: { kind: 'none' } },
});

type Known = Parameters<typeof resolveAction>[0];

/** A store with that session, which is requested at each use. */
function createStore(actions: Session['actions']): Known {
  const session = { ...(actions && { actions }) } as Session;
  return {
    session: () => Promise.resolve(session),
    account: () => ({ ...createAccount('a'), service: 'immuta' }),
  };
}

describe('an action that is resolved again by its ID', () => {
  it('is that of the current session, for the current resource', async () => {
    let session = 1;
    const bound = (of: Resource): readonly Action[] => [{ ...edit, title: `${session} ${of.label}` }];
    const store = createStore(bound);
    assert.equal((await resolveAction(store, row, 'edit')).title, '1 Web');
    session = 2;
    assert.equal((await resolveAction(store, { ...row, label: 'New' }, 'edit')).title, '2 New');
  });

  it('exists although its resource no longer offers it: the service refuses it', async () => {
    const store = createStore(({ json }) => (json ? [remove] : [edit, remove]));
    const now: Resource = { ...row, json: { state: 'DELETING' } };
    assert.equal((await resolveDocumentAction(store, now, 'edit')).id, 'edit');
  });

  it('is refused if the service has none with that ID, or none at all, or it has no document', async () => {
    const store = createStore(() => [edit, remove]);
    await assert.rejects(
      resolveAction(store, row, 'gone'),
      new HttpError('rejected', 'Immuta has no action named gone.'),
    );
    await assert.rejects(
      resolveDocumentAction(store, row, 'delete'),
      new HttpError('rejected', 'The action delete does not use a document.'),
    );
    await assert.rejects(
      resolveAction(createStore(undefined), { ...row, path: childPath(account, 'connection', 'd') }, 'edit'),
      new HttpError('rejected', 'This service is read-only.'),
    );
  });
});
