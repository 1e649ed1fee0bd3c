import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { pollUntilDone } from '../../../../src/features/actions/pollUntilDone';
import { accountPath } from '../../../../src/core/services/contract/path';
import type { StartedRun } from '../../../../src/core/services/contract/action';
import type { Status } from '../../../../src/core/services/contract/resource';

const path = accountPath('a');
const running: Status = { state: 'running', label: 'RUNNING' };
const done: Status = { state: 'ok', label: 'DONE' };

function createRun(...answers: readonly Status[]): StartedRun {
  let polled = 0;
  return {
    title: 'Deleting "crm"',
    poll: () => {
      const status = answers[polled++] ?? done;
      return Promise.resolve({ status, over: status === done });
    },
  };
}

describe('a started run', () => {
  it('is shown with every poll, and its result reported once', async () => {
    const notifications: string[] = [];
    let refreshed = 0;
    const refresh = (): Promise<void> => Promise.resolve(void (refreshed += 1));
    const notify = (title: string, { label }: Status): void => void notifications.push(`${title} ${label}`);
    const seen: string[] = [];
    const { signal } = new AbortController();
    await pollUntilDone(
      createRun(running, running, done),
      [path],
      { refresh, seen: ({ label }) => seen.push(label), notify, shortest: 1, longest: 2 },
      { signal },
    );
    assert.deepEqual(notifications, ['Deleting "crm" DONE']);
    assert.deepEqual(seen, ['RUNNING', 'RUNNING', 'DONE']);
    assert.equal(refreshed, 3);
  });

  it('is no longer followed after the window closes', async () => {
    const controller = new AbortController();
    const refresh = (): Promise<void> => Promise.resolve();
    const following = pollUntilDone(
      createRun(running),
      [path],
      { refresh, notify: () => assert.fail('nothing to tell'), shortest: 10_000 },
      { signal: controller.signal },
    );
    controller.abort();
    await assert.rejects(following, { name: 'AbortError' });
  });
});
