import assert from 'node:assert/strict';
import { after } from 'node:test';
import { isJsonObject } from '../../src/core/http/json';
import { startSampleService, type SampleService } from '../../src/sample/server';
import { comes } from './comes';
import { addAccount } from './accounts';
import { walkThrough } from './steps';
import type { Workbench } from './workbench';

const connections = /\/data\/connections$/;
/** The window in each theme. */
const themes = { light: '.monaco-workbench.vs', dark: '.monaco-workbench.vs-dark' } as const;
/** Neighbours that JavaScript takes for one number. */
const LONG_IDS = ['9007199254740992', '9007199254740993'] as const;

/** A successful poll would reload a failed list before its row is clicked. */
const settings = { settings: { 'connectionsExplorer.pollInterval': 3600 } };

walkThrough(
  'malformed answers',
  (step) => {
    let sample: SampleService;
    after(() => sample.close());

    const problems = (workbench: Workbench, text: string | RegExp): ReturnType<Workbench['rows']> =>
      workbench
        .rows()
        .and(workbench.page.getByRole('treeitem', { name: /, Problem\b/ }))
        .filter({ hasText: text });
    const noProblem = (workbench: Workbench): Promise<void> =>
      workbench.until('no problem', async () => (await problems(workbench, /./).count()) === 0);
    const refresh = (workbench: Workbench): Promise<void> => workbench.titleButton('Connections', 'Refresh');

    /** Pictures in the dark theme and in the light one. */
    const pictures = async (workbench: Workbench, name: string): Promise<void> => {
      const other = { light: 'dark', dark: 'light' } as const;
      const isDark = await workbench.page.locator('.monaco-workbench.vs-dark').isVisible();
      const first = isDark ? 'dark' : 'light';
      for (const theme of [first, other[first]] as const) {
        await workbench.screenshot(`odd answers - ${name} - ${theme}`);
        await workbench.runCommand('Preferences: Toggle between Light/Dark Themes');
        await workbench.page.locator(themes[other[theme]]).waitFor();
      }
    };

    /** Clicks the row of a problem, unless its list was reloaded automatically before. */
    const retry = (workbench: Workbench, text: RegExp): Promise<void> =>
      workbench.until('it is read again', async () => {
        if ((await problems(workbench, text).count()) === 0) return true;
        await comes(problems(workbench, text).first().click({ timeout: 1_000 }));
        return false;
      });

    const removeAccount = async (workbench: Workbench, name: string): Promise<void> => {
      await workbench.runCommand('Connections: Remove Account…', name);
      await workbench.answer('Remove');
      await workbench.welcome('Add Account').waitFor();
    };

    step('a malformed item of a list is a row that says so, and the others are shown', async (workbench) => {
      sample = await startSampleService({ rate: 0, connections: 4, datasets: 2, dataViews: 2, backfills: 2 });
      await workbench.openView();
      await workbench.sideBarWidth(760);
      await addAccount(workbench, sample, 'Retail');
      await workbench.row({ name: /^Checkout/, level: 1 });
      const broken = sample.inject({
        match: { path: connections },
        change: (json) =>
          isJsonObject(json) && Array.isArray(json.content)
            ? { ...json, content: [null, { name: 'Nobody' }, ...(json.content as unknown[])] }
            : json,
      });
      await refresh(workbench);
      await problems(workbench, 'An item cannot be shown').nth(1).waitFor();
      await workbench.row({ name: /^Checkout/, level: 1 });
      await pictures(workbench, 'broken items');
      broken();
      await refresh(workbench);
      await noProblem(workbench);
    });

    step('a list with fewer items than announced ends in a row that says so', async (workbench) => {
      const cut = sample.inject({
        match: { path: connections },
        change: (json) => (isJsonObject(json) ? { ...json, totalElements: 9, lastPage: true } : json),
      });
      await refresh(workbench);
      await problems(workbench, /may be incomplete.*announced 9/).waitFor();
      await pictures(workbench, 'less than there is');
      cut();
      await refresh(workbench);
      await noProblem(workbench);
    });

    step('endless empty pages are an empty list, after one of them', async (workbench) => {
      const empty = sample.inject({
        match: { path: connections },
        body: { content: [], totalPages: 1, totalElements: 0, lastPage: false },
      });
      sample.clearRequests();
      await refresh(workbench);
      await problems(workbench, 'empty list').waitFor();
      assert.ok(sample.requests.filter(({ path }) => path.endsWith('/data/connections')).length <= 2);
      empty();
      await refresh(workbench);
      await noProblem(workbench);
    });

    step('an answer about something else is refused, and the rows stay', async (workbench) => {
      const name = await workbench.getName({ name: /^Checkout/, level: 1 });
      await workbench.expand({ name, level: 1 });
      await workbench.rows({ name: /./, level: 2 }).nth(1).waitFor();
      const answers = [
        [{ body: { message: 'Service is in maintenance' } }, /Service is in maintenance/],
        [
          { change: (json: unknown) => (isJsonObject(json) ? { ...json, id: 'dg_other' } : json) },
          /not for the requested resource/,
        ],
      ] as const;
      for (const [answer, text] of answers) {
        const stop = sample.inject({ match: { path: /\/data\/connections\/./ }, ...answer });
        await workbench.contextMenu({ name, level: 1 }, 'Refresh');
        await problems(workbench, text).waitFor();
        await workbench
          .rows({ name: /./, level: 2 })
          .filter({ hasText: 'may be outdated' })
          .first()
          .waitFor();
        if ('body' in answer) await pictures(workbench, 'something else');
        stop();
        await retry(workbench, text);
        await noProblem(workbench);
        await workbench.row({ name, level: 1 });
      }
    });

    step('fields that a refusal did not name are requested again', async (workbench) => {
      const name = await workbench.getName({ name: /^Checkout/, level: 1 });
      const details = /\/data\/connections\/./;
      const asked = (): readonly boolean[] =>
        sample.requests
          .filter(({ path }) => details.test(path))
          .map(({ query }) => (query.get('expansion') ?? '').split(',').includes('schemaInfo'));
      sample.inject({ match: { path: details }, times: 1, status: 400, body: { message: 'Bad request' } });
      sample.clearRequests();
      await workbench.contextMenu({ name, level: 1 }, 'Refresh');
      await workbench.until('it is asked for without them', async () =>
        Promise.resolve(asked().includes(false)),
      );
      await noProblem(workbench);
      sample.clearRequests();
      await workbench.contextMenu({ name, level: 1 }, 'Refresh');
      await workbench.until('it is asked for', async () => Promise.resolve(asked().length > 0));
      assert.deepEqual([...new Set(asked())], [true]);
    });

    step('a missing fallback is forgotten, and the usual path is tried again', async (workbench) => {
      const usual = sample.inject({
        match: { path: /^\/data\/dataviews$/ },
        times: 1,
        status: 404,
        body: {},
      });
      const older = sample.inject({ match: { path: /^\/datagroups\/dataviews$/ }, status: 404, body: {} });
      await workbench.expand({ name: 'Data Views', level: 2 });
      const failure = workbench
        .rows({ name: /./, level: 3 })
        .and(workbench.page.getByRole('treeitem', { name: /, Problem\b/ }));
      await failure.filter({ hasText: '404' }).waitFor();
      await retry(workbench, /404/);
      await noProblem(workbench);
      await workbench.rows({ name: /./, level: 3 }).first().waitFor();
      usual();
      older();
      await removeAccount(workbench, 'Retail');
    });

    step(
      'IDs beyond the integers of JavaScript are two rows, each requested by its own ID',
      async (workbench) => {
        const [one, two] = LONG_IDS;
        await addAccount(workbench, sample, 'Customers', 'krenalis');
        await workbench.row({ name: 'Website', level: 1 });
        const list = LONG_IDS.map((id) => `{"id":${id},"name":"Number ${id.slice(-1)}","pipelines":[]}`);
        const long = sample.inject({
          match: { path: /^\/v1\/connections$/ },
          body: `{"connections":[${list.join(',')}]}`,
        });
        const each = sample.inject({
          match: { path: /^\/v1\/connections\/\d+$/ },
          body: `{"id":${two},"name":"Number 3","pipelines":[]}`,
        });
        await refresh(workbench);
        await workbench.row({ name: 'Number 2', level: 1 });
        sample.clearRequests();
        await workbench.expand({ name: 'Number 3', level: 1 });
        await workbench.row({ name: 'Identities', level: 2 });
        const asked = sample.requests
          .map(({ path }) => path)
          .filter((path) => path.startsWith('/v1/connections/'));
        assert.ok(
          asked.every((path) => path === `/v1/connections/${two}`),
          asked.join(' '),
        );
        assert.ok(asked.length > 0 && !asked.includes(`/v1/connections/${one}`));
        await pictures(workbench, 'long ids');
        long();
        each();
      },
    );

    step('a run that cannot be identified is a row that says so', async (workbench) => {
      await refresh(workbench);
      await workbench.expand({ name: 'Data lake', level: 1 });
      const stop = sample.inject({
        match: { path: /^\/v1\/pipelines\/runs$/ },
        change: (json) =>
          isJsonObject(json) && Array.isArray(json.runs)
            ? {
                runs: (json.runs as unknown[]).map((run) => (isJsonObject(run) ? { ...run, id: null } : run)),
              }
            : json,
      });
      await workbench.expand({ name: 'Import users from CSV', level: 2 });
      await problems(workbench, /An item cannot be shown.*id/)
        .first()
        .waitFor();
      await pictures(workbench, 'runs that nothing names');
      stop();
      await removeAccount(workbench, 'Customers');
    });

    step(
      'the next page is found by any known name of a cursor, and an ID on both is one row',
      async (workbench) => {
        await addAccount(workbench, sample, 'Governance', 'immuta');
        await workbench.rows({ name: /./, level: 1 }).first().waitFor();
        const item = (connectionKey: string, state = 'ACTIVE'): object => ({
          ...{ connectionKey, technology: 'Snowflake', state },
        });
        const pages = [
          { connections: [item('page-one')], meta: { nextToken: 'two' } },
          {
            connections: [item('page-one', 'INACTIVE'), item('page-two')],
            meta: { nextToken: null, totalCount: 5 },
          },
        ];
        const stops = pages.map((body) =>
          sample.inject({ match: { path: /^\/api\/connections$/ }, times: 1, body }),
        );
        await refresh(workbench);
        for (const name of ['page-one', 'page-two']) await workbench.row({ name, level: 1 });
        assert.equal(await workbench.rows({ name: 'page-one', level: 1 }).count(), 1);
        await workbench.rows({ name: 'page-one', level: 1 }).filter({ hasNotText: 'inactive' }).waitFor();
        await problems(workbench, /may be incomplete.*announced 5/).waitFor();
        await pictures(workbench, 'cursor and total');
        for (const stop of stops) stop();
        await refresh(workbench);
        await noProblem(workbench);
      },
    );

    step('tasks that are their own descendants are at the top', async (workbench) => {
      const task = (taskId: string, parentId?: string): object => ({
        ...{ taskId, type: `TASK_${taskId}`, status: 'RUNNING', parentId },
      });
      const stop = sample.inject({
        match: { path: /\/tasks$/ },
        body: { tasks: [task('1', '1'), task('2', '3'), task('3', '2')] },
      });
      await workbench.expand({ name: /./, level: 1 });
      await workbench.expand({ name: 'Tasks', level: 2 });
      for (const name of ['TASK_1', 'TASK_2']) await workbench.row({ name, level: 3 });
      await pictures(workbench, 'circular tasks');
      stop();
    });

    step('an unknown word of a service is shown verbatim', async (workbench) => {
      const stop = sample.inject({
        match: { path: /^\/api\/connections$/ },
        body: { connections: [{ connectionKey: 'strange', technology: 'Abacus', state: 'HIBERNATING' }] },
      });
      await refresh(workbench);
      await workbench.rows({ name: 'strange', level: 1 }).filter({ hasText: 'HIBERNATING' }).waitFor();
      await pictures(workbench, 'unknown words');
      stop();
    });
  },
  settings,
);
