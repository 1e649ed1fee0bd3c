import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { orMayBeDone } from '../../../../src/features/actions/closedSession';
import { HttpError } from '../../../../src/core/http/errors';
import { placedProblemText, toProblem } from '../../../../src/core/services/common/problem';
import { getAction } from '../../../support/getAction';
import { getFailure } from '../../../support/rows';
import { ACCOUNT_PATH, SERVICE_IDS, startService } from '../../../support/service';

describe('a change whose session is closed before the response', () => {
  it('is reported as one that may have been made, and not as canceled', async () => {
    await using service = await startService('krenalis');
    const { session, sample, store } = service;
    const [connection = assert.fail()] = (await store.load(ACCOUNT_PATH)).filter(
      ({ kind }) => kind === 'connection',
    );
    const action = getAction(session.actions, connection, 'delete');
    sample.inject({ match: { method: 'DELETE' }, hang: true });
    const failing = getFailure(orMayBeDone(() => action.perform({ kind: 'none' }, {})));
    while (!sample.requests.some(({ method }) => method === 'DELETE'))
      await new Promise((resolve) => setImmediate(resolve));
    session.dispose();
    const error = await failing;
    assert.ok(error.hasUnknownOutcome);
    assert.match(
      placedProblemText(toProblem(error)),
      /^The change may have succeeded\. The account was changed or removed in the meantime\./,
    );
  });

  it('fails as before for another reason', async () => {
    const refusal = new HttpError('rejected', 'No.');
    await assert.rejects(
      orMayBeDone(() => Promise.reject(refusal)),
      refusal,
    );
    assert.equal(await orMayBeDone(() => Promise.resolve(SERVICE_IDS.length)), 4);
  });
});
