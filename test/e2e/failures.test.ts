import assert from 'node:assert/strict';
import { after } from 'node:test';
import type { Fault } from '../../src/sample/faults';
import { startSampleService, type SampleService } from '../../src/sample/server';
import { comes } from './comes';
import { addAccount } from './accounts';
import { CLICKS_SHOW_DETAILS, walkThrough } from './steps';
import type { RowQuery, Workbench } from './workbench';

const connections = /\/data\/connections$/;
const backfills = /\/backfills$/;
const problem: RowQuery = { name: /./ };

walkThrough(
  'failures',
  (step) => {
    let sample: SampleService;
    after(() => sample.close());

    /** Makes the requests of a path go wrong while something is done. */
    const during = async (
      path: RegExp,
      fault: Omit<Fault, 'match'>,
      act: () => Promise<void>,
    ): Promise<void> => {
      const stop = sample.inject({ match: { path }, ...fault });
      await act();
      stop();
    };
    const refresh = (workbench: Workbench): Promise<void> => workbench.titleButton('Connections', 'Refresh');
    const problemRow = (workbench: Workbench, text: string | RegExp): ReturnType<Workbench['rows']> =>
      workbench
        .rows(problem)
        .and(workbench.page.getByRole('treeitem', { name: /, Problem\b/ }))
        .filter({ hasText: text });
    const retryButton = (workbench: Workbench, text: RegExp): ReturnType<Workbench['rows']> =>
      problemRow(workbench, text).getByRole('button', { name: 'Retry' });
    /** Hovers the row of a problem, which alone shows its button: a row that was drawn again is elsewhere. */
    const retryOffered = async (workbench: Workbench, text: RegExp): Promise<boolean> =>
      (await comes(problemRow(workbench, text).hover({ timeout: 1_000 }))) &&
      (await comes(retryButton(workbench, text).waitFor({ timeout: 1_000 })));

    step('an account without failures', async (workbench) => {
      sample = await startSampleService({ rate: 0, backfillSeconds: 3600 });
      await workbench.openView();
      await addAccount(workbench, sample, 'Retail');
      await workbench.row({ name: /^Checkout/, level: 1 });
      await workbench.expand({ name: /./, level: 1 });
      await workbench.row({ name: /./, level: 2 });
      await workbench.sideBarWidth(700);
    });

    step('the button of the view refreshes everything, whatever row is focused', async (workbench) => {
      await (await workbench.row({ name: /./, level: 2 })).click();
      await workbench.expand({ name: /./, level: 2 });
      await workbench.row({ name: /./, level: 3 });
      const selected = await workbench.selected();
      sample.clearRequests();
      await refresh(workbench);
      await workbench.until('the connections were read', () =>
        Promise.resolve(
          sample.requests.some(({ path, status }) => path.endsWith('/data/connections') && status === 200),
        ),
      );
      await workbench.row({ name: /./, level: 3 });
      assert.deepEqual(await workbench.selected(), selected);
    });

    step('an expired token is renewed silently', async (workbench) => {
      const ended = {
        status: 401,
        times: 1,
        body: { error_code: '401013', message: 'Oauth token is not valid' },
      };
      sample.clearRequests();
      await during(connections, ended, async () => {
        await refresh(workbench);
        await workbench.until('the second attempt succeeds', () =>
          Promise.resolve(
            sample.requests.some(({ path, status }) => path.endsWith('/data/connections') && status === 200),
          ),
        );
      });
      await workbench.until(
        'the problem is gone',
        async () => (await problemRow(workbench, /./).count()) === 0,
      );
    });

    const lists: readonly (readonly [string, Omit<Fault, 'match'>, RegExp])[] = [
      [
        'a missing right',
        { status: 403, body: { error_code: '403027', message: 'User region is missing' } },
        /403027: User region is missing/,
      ],
      ['a failing service', { status: 500, body: {} }, /HTTP 500/],
      ['a page of a proxy', { html: true }, /HTTP 502/],
      ['a malformed answer', { malformed: true }, /JSON|invalid response/],
      ['an answer that is cut off', { cutOffAfter: 100 }, /./],
    ];
    for (const [name, fault, text] of lists) {
      step(`${name} is shown above the rows, which stay`, async (workbench) => {
        await during(connections, fault, async () => {
          await refresh(workbench);
          await problemRow(workbench, text).waitFor();
          await workbench.row({ name: /^Checkout/, level: 1 });
          await workbench.screenshot(`failure - ${name}`);
          await workbench.until('the row offers to retry', () => retryOffered(workbench, text));
        });
        // A recovered list may be reloaded automatically first.
        await workbench.until('it is read again', async () => {
          if ((await problemRow(workbench, text).count()) === 0) return true;
          if (await retryOffered(workbench, text))
            await comes(retryButton(workbench, text).click({ timeout: 1_000 }));
          return false;
        });
      });
    }

    step('an empty list is explained, and retried by a click', async (workbench) => {
      await during(connections, { body: { content: [], totalElements: 0 } }, async () => {
        await refresh(workbench);
        await problemRow(workbench, 'empty list').waitFor();
      });
      await workbench.screenshot('failure - an empty list');
      await problemRow(workbench, 'empty list').click();
      await workbench.row({ name: /^Checkout/, level: 1 });
      await workbench.until(
        'the problem is gone',
        async () => (await problemRow(workbench, /./).count()) === 0,
      );
    });

    step(
      'a row of a failed refresh says that it may be outdated, and its problem says what to do',
      async (workbench) => {
        await during(connections, { status: 403, body: { error_code: '403027', message: 'x' } }, async () => {
          await refresh(workbench);
          await problemRow(workbench, '403027').waitFor();
          await workbench
            .rows({ name: /^Checkout/, level: 1 })
            .filter({ hasText: 'may be outdated' })
            .first()
            .waitFor();
          await workbench.hoverUntil(problemRow(workbench, '403027'), /check the organization/);
          await workbench.screenshot('failure - tooltip');
        });
        await problemRow(workbench, '403027').click();
        await problemRow(workbench, '403027').waitFor({ state: 'detached' });
      },
    );

    step('too many requests: the view says that it waits, and continues', async (workbench) => {
      const pause = {
        status: 429,
        times: 1,
        headers: { 'retry-after': '2' },
        body: { error_code: '429050', message: 'x' },
      };
      await during(connections, pause, async () => {
        await refresh(workbench);
        await workbench.message.filter({ hasText: /in \d s/ }).waitFor();
        await workbench.message.waitFor({ state: 'hidden' });
      });
      await workbench.until(
        'the problem is gone',
        async () => (await problemRow(workbench, /./).count()) === 0,
      );
    });

    step('a dataset without backfills says so, and the others open', async (workbench) => {
      const missing = {
        times: 1,
        status: 404,
        body: { errorCode: 'resource_not_found', errorDescription: 'gone' },
      };
      await during(backfills, missing, async () => {
        await workbench.expand({ name: /^Loyalty members/, level: 2 });
        await problemRow(workbench, 'Backfills are not available').waitFor();
      });
      const count = async (): Promise<number> => await workbench.rows({ name: /./, level: 3 }).count();
      const before = await count();
      await workbench.expand({ name: /^Point of sale/, level: 2 });
      await workbench.until('further backfills', async () => (await count()) > before);
      assert.equal(await workbench.page.locator('.notification-toast').count(), 0);
    });

    step('a service that never answers times out', async (workbench) => {
      await during(backfills, { hang: true }, async () => {
        await workbench.expand({ name: /^Product catalogue/, level: 2 });
        await problemRow(workbench, 'did not respond in time').waitFor({ timeout: 30_000 });
      });
      await problemRow(workbench, 'did not respond in time').click();
      await problemRow(workbench, 'did not respond in time').waitFor({ state: 'detached' });
      // Its rows would push those of the next step out of sight.
      await workbench.collapse({ name: /^Product catalogue/, level: 2 });
    });

    step('an unreachable service is reported as such', async (workbench) => {
      await sample.close();
      await workbench.expand({ name: /^Web events/, level: 2 });
      await problemRow(workbench, 'could not be reached').waitFor({ timeout: 30_000 });
      await workbench.screenshot('failure - unreachable');
    });
  },
  // A list that keeps failing while others succeed is reloaded automatically, but not before its row is clicked.
  {
    settings: {
      ...CLICKS_SHOW_DETAILS,
      'connectionsExplorer.requestTimeout': 5,
      'connectionsExplorer.pollInterval': 3600,
    },
  },
);
