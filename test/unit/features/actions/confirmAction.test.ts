import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ActionRequest } from '../../../../src/features/actions/confirmAction';
import {
  prepareStep,
  runSteps,
  type BatchStep,
  type BatchStepContext,
  type LeftOut,
  type RunEnd,
} from '../../../../src/features/actions/batchSteps';
import { isBatchVerb, type NamedRow } from '../../../../src/ui/commands/batchTexts';
import { HttpError } from '../../../../src/core/http/errors';
import { accountPath } from '../../../../src/core/services/contract/path';
import type { Session } from '../../../../src/core/services/contract/service';
import type { Action, Verb } from '../../../../src/core/services/contract/action';
import type { Resource, Status } from '../../../../src/core/services/contract/resource';
import { everyRow, startEveryService, type Signed } from '../../../support/everyService';
import { idleAction } from '../../../support/getAction';

interface Offered {
  readonly row: Resource;
  readonly action: Action;
}

/** The offered actions of each row of an account. */
async function everyOffer(signed: Signed): Promise<readonly Offered[]> {
  const { actions } = signed.session;
  const rows = await everyRow(signed);
  return rows.flatMap((row) => (actions?.(row) ?? []).map((action) => ({ row, action })));
}

function requestFor(service: string): BatchStepContext['requestFor'] {
  return (resource, action): ActionRequest => ({
    ...{ resource, action, ancestors: [], service },
    account: { id: service, service, name: service, production: false, sample: false, settings: {} },
  });
}

const nameRow = ({ label }: Resource): NamedRow => ({ names: [label] });

async function getDeeds(
  { service, session }: Signed,
  rows: readonly Resource[],
  verb: Verb,
): Promise<readonly (BatchStep | LeftOut)[]> {
  const offered = (row: Resource): Promise<readonly Action[]> =>
    Promise.resolve(session.actions?.(row) ?? []);
  return Promise.all(
    rows.map((row) => prepareStep({ offered, nameRow, requestFor: requestFor(service) }, row, verb)),
  );
}

function createContext(
  session: Session,
  follow: BatchStepContext['follow'],
  notifications: string[],
): BatchStepContext {
  return {
    offered: (row) => Promise.resolve(session.actions?.(row) ?? []),
    ...{ requestFor: requestFor(''), nameRow },
    attempt: ({ action }) => action.perform({ kind: 'none' }, {}),
    follow,
    notify: (title, { state }) => notifications.push(`${title}: ${state}`),
    notifySucceeded: (count, total) => notifications.push(`${count} of ${total}`),
  };
}

const quiet = { signal: new AbortController().signal, report: () => undefined };

describe('every action of every service', () => {
  it('takes several rows if it needs neither an answer nor a typed name, and else one', async () => {
    await using every = await startEveryService();
    for (const signed of every.sessions) {
      for (const { action } of await everyOffer(signed)) {
        const { id, verb, input, confirmation } = action;
        const alike = input.kind === 'none' && confirmation !== 'typeName';
        assert.equal(isBatchVerb(verb), alike, `${signed.service} ${id}: see ui/commands/batchTexts.ts`);
      }
    }
  });

  it('has one action of a verb for a row, if the verb takes several rows', async () => {
    await using every = await startEveryService();
    for (const signed of every.sessions) {
      const seen = new Set<string>();
      for (const { row, action } of await everyOffer(signed)) {
        if (!isBatchVerb(action.verb)) continue;
        const key = `${row.path} ${action.verb}`;
        assert.ok(!seen.has(key), key);
        seen.add(key);
      }
    }
  });

  it('runs for all rows that offer it, if it takes several, even if one is refused', async () => {
    await using every = await startEveryService();
    const { sample } = every;
    const done = new Set<string>();
    for (const signed of every.sessions) {
      const offers = await everyOffer(signed);
      const verbs = new Set(offers.map(({ action }) => action.verb).filter(isBatchVerb));
      for (const verb of verbs) {
        const name = `${signed.service} ${verb}`;
        const rows = (await everyRow(signed)).filter((row) => row.kind !== 'account');
        const sorted = await getDeeds(signed, rows, verb);
        const steps = sorted.filter((one) => 'action' in one);
        if (steps.length === 0) continue;
        sample.clearRequests();
        const stop = sample.inject({
          match: ({ method, path }) => method !== 'GET' && !path.includes('token'),
          ...{ times: 1, status: 422, body: { message: 'Refused here' } },
        });
        const { results } = await runSteps(
          createContext(
            signed.session,
            (_, __, ___, end) => {
              end.over();
            },
            [],
          ),
          steps,
          quiet,
        );
        stop();
        const writes = sample.requests.filter(({ method }) => method !== 'GET').length;
        assert.ok(writes >= steps.length, name);
        const [first, ...others] = results.map(({ state }) => state);
        assert.equal(first, 'failed', name);
        for (const state of others) assert.ok(state === 'done' || state === 'started', `${name}: ${state}`);
        done.add(name);
      }
    }
    assert.ok(done.size >= 5, [...done].join());
  });
});

describe('rows that an action does not apply to', () => {
  it('are skipped with the reason: what is in the way, or that they do not offer it', async () => {
    await using every = await startEveryService();
    const signed = every.sessions.find(({ service }) => service === 'krenalis') ?? assert.fail();
    const rows = await everyRow(signed);
    const sorted = await getDeeds(signed, rows, 'start');
    for (const [at, one] of sorted.entries()) {
      const row = rows[at] ?? assert.fail();
      const offer = signed.session.actions?.(row).find(({ verb }) => verb === 'start');
      if (offer && !offer.obstacle) assert.ok('action' in one);
      else
        assert.equal(
          'reason' in one && one.reason,
          offer?.obstacle?.reason ?? 'Not available for this resource.',
        );
    }
    assert.ok(sorted.some((one) => 'reason' in one && one.reason === 'The pipeline is disabled.'));
  });
});

describe('an account whose sign-in is refused', () => {
  it('is not tried again for each of its rows, and others are', async () => {
    await using every = await startEveryService();
    const { session } = every.sessions[0] ?? assert.fail();
    const tried: string[] = [];
    const attempt = ({ account }: BatchStep): Promise<never> => {
      tried.push(account.id);
      return Promise.reject(new HttpError(account.id === 'a' ? 'authentication' : 'rejected', 'No.'));
    };
    const context = { ...createContext(session, () => undefined, []), attempt };
    const steps = ['a', 'b', 'a', 'b'].map(stepIn);
    const { results } = await runSteps(context, steps, quiet);
    assert.deepEqual(tried, ['a', 'b', 'b']);
    assert.deepEqual(
      results.map(({ state }) => state),
      ['failed', 'failed', 'failed', 'failed'],
    );
  });
});

/** Something to be done to a row of an account. */
function stepIn(account: string): BatchStep {
  const row: Resource = {
    path: accountPath(account),
    ...{ kind: 'pipeline', id: 'p', label: 'p', hasChildren: false },
  };
  const action = idleAction({
    ...{ id: 'run', verb: 'start', title: 'Run', confirmation: 'harmless' },
    input: { kind: 'none' },
  });
  const request = requestFor(account)(row, action);
  return { resource: row, action, request, names: ['p'], account: request.account, service: '' };
}

describe('runs started for several rows', () => {
  const status = (state: Status['state']): Status => ({ state, label: state });

  it('are reported together when all have ended, and each failure at once', async () => {
    await using every = await startEveryService();
    const { session } = every.sessions[0] ?? assert.fail();
    const ends: RunEnd[] = [];
    const notifications: string[] = [];
    const poll = (): Promise<never> => assert.fail();
    const context: BatchStepContext = {
      ...createContext(session, (_, __, ___, end) => ends.push(end), notifications),
      attempt: () => Promise.resolve({ changed: [], run: { title: 'Run', poll } }),
    };
    const step = stepIn('a');
    await runSteps(context, [step, step, step], quiet);
    ends[1]?.notify('Second', status('failed'));
    ends[1]?.over();
    assert.deepEqual(notifications, ['Second: failed']);
    ends[0]?.notify('First', status('ok'));
    ends[0]?.over();
    assert.deepEqual(notifications, ['Second: failed']);
    // The third one's account went: nothing is known of its end.
    ends[2]?.over();
    assert.deepEqual(notifications, ['Second: failed', '1 of 3']);
  });
});
