import '../../../support/vscode/vscode';
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type * as vscode from 'vscode';
import { abortError } from '../../../../src/core/base/abort';
import { HttpError } from '../../../../src/core/http/errors';
import type { CallOptions } from '../../../../src/core/http/types';
import type { Report } from '../../../../src/core/services/contract/detailViews';
import type { Resource } from '../../../../src/core/services/contract/resource';
import type { Session } from '../../../../src/core/services/contract/service';
import { FailureReasons, withReasons } from '../../../../src/ui/tree/failureReasons';
import { tooltip } from '../../../../src/ui/tree/tooltip';
import { account, resource } from '../../../support/fakes/store';
import { EventEmitter } from '../../../support/vscode/values';

const run: Resource = { ...resource(account, 'run', 'r'), status: { state: 'failed', label: '' } };
const summary = [{ label: 'Transformation', value: '[x](command:y) no email' }];

/** A service that says why runs fail. */
function getService(read: (call: CallOptions) => Promise<readonly Report['summary'][number][]>): {
  readonly session: Session;
  readonly calls: CallOptions[];
} {
  const calls: CallOptions[] = [];
  const reports: Session['reports'] = {
    title: () => 'Errors',
    explainsFailure: ({ status }) => status?.state === 'failed',
    read: async (_, call) => {
      calls.push(call);
      return { columns: [], rows: [], summary: await read(call) };
    },
  };
  return { session: { reports } as unknown as Session, calls };
}

describe('why a run failed, in its tooltip', () => {
  it('is read once for a row, and not for one that did not fail', async () => {
    const { session, calls } = getService(() => Promise.resolve(summary));
    const reasons = new FailureReasons();
    assert.deepEqual(await reasons.of(session, { ...run, status: { state: 'ok', label: '' } }), []);
    assert.deepEqual([await reasons.of(undefined, run), calls.length], [[], 0]);
    assert.deepEqual(await reasons.of(session, run), summary);
    await reasons.of(session, run);
    assert.equal(calls.length, 1);
    await reasons.of(session, { ...run });
    assert.equal(calls.length, 2, 'the row was read again');
  });

  it('is told as text that is no link', () => {
    const text = tooltip(run, summary, false);
    assert.ok(!text.value.includes('](command'), text.value);
    assert.match(text.value, /no email/);
    assert.ok(!text.isTrusted);
  });

  it('is told once, though the run has the same error, and ahead of what else is known', () => {
    const told = (reason: string): readonly string[] =>
      withReasons(
        [{ label: 'Error at Filter', value: reason }],
        [
          { label: 'Error', value: 'no email' },
          { label: 'ID', value: 'no' },
        ],
      ).map(({ label, value }) => `${label}: ${value}`);
    assert.deepEqual(told('no email'), ['Error at Filter: no email', 'ID: no']);
    assert.deepEqual(told('no email (3 items)'), ['Error at Filter: no email (3 items)', 'ID: no']);
    assert.deepEqual(told('other'), ['Error at Filter: other', 'Error: no email', 'ID: no']);
  });

  it('is left out where the pointer has gone on, and read the next time', async () => {
    const cancelled = new EventEmitter<undefined>();
    const { session, calls } = getService(({ signal }) =>
      calls.length > 1
        ? Promise.resolve(summary)
        : new Promise((_, reject) => {
            signal?.addEventListener('abort', () => {
              reject(abortError());
            });
          }),
    );
    const reasons = new FailureReasons();
    const token = { onCancellationRequested: cancelled.event } as unknown as vscode.CancellationToken;
    const asked = reasons.of(session, run, token);
    cancelled.fire(undefined);
    assert.deepEqual([await asked, calls[0]?.signal?.aborted], [[], true]);
    assert.deepEqual(await reasons.of(session, run, token), summary);
  });

  it('listens for the pointer only while it is read', async () => {
    const { session } = getService(() => Promise.resolve(summary));
    let listeners = 0;
    const onCancellationRequested = (): { dispose(): void } => {
      listeners += 1;
      return { dispose: () => (listeners -= 1) };
    };
    const token = { onCancellationRequested } as unknown as vscode.CancellationToken;
    await new FailureReasons().of(session, run, token);
    assert.equal(listeners, 0);
  });

  it('says that it could not be read', async () => {
    const { session, calls } = getService(() => Promise.reject(new HttpError('server', 'Out of order')));
    const reasons = new FailureReasons();
    const [{ label, value } = assert.fail()] = await reasons.of(session, run);
    assert.equal(label, 'Errors');
    assert.notEqual(value, '');
    await reasons.of(session, run);
    assert.equal(calls.length, 2);
  });
});
