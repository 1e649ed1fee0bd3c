import assert from 'node:assert/strict';
import { after } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import type { Locator } from 'playwright-core';
import type { Fault } from '../../src/sample/faults';
import { startSampleService, type SampleService } from '../../src/sample/server';
import { addAccount } from './accounts';
import { comes } from './comes';
import { PanelPage } from './panelPage';
import { refreshStatus } from './pickerSteps';
import { walkThrough } from './steps';
import type { RowQuery, Workbench } from './workbench';

/** A service with a connection whose details are open. */
interface Watched {
  readonly service: string;
  readonly account: string;
  readonly connection: string;
  readonly level: number;
  /** The entry of the menu that watches it; absent: the service has no runs. */
  readonly watch?: 'Watch' | 'Watch for New Runs';
  /** Its polls. */
  readonly polls?: RegExp;
}

const SERVICES: readonly Watched[] = [
  {
    ...{ service: 'cja', account: 'Adobe', connection: 'Web and App – Retail EU', level: 2 },
    ...{ watch: 'Watch', polls: /^\/data\/connections/ },
  },
  { service: 'datadog', account: 'Audience', connection: 'hubspot-subscriptions', level: 3 },
  {
    ...{ service: 'krenalis', account: 'Events', connection: 'Data lake', level: 2 },
    ...{ watch: 'Watch for New Runs', polls: /^\/v1\/.*runs/ },
  },
  {
    ...{ service: 'immuta', account: 'Governance', connection: 'finance-prod-snowflake-3', level: 2 },
    // Not the lists of tasks, which are read before the runs and do not tell of them.
    ...{ watch: 'Watch for New Runs', polls: /^\/api\/.*\/runs/ },
  },
];

/** What goes wrong at all services at once, and what is said about it. */
interface Outage {
  readonly name: string;
  /** Undefined: the server is stopped. */
  readonly fault?: Omit<Fault, 'match'>;
  readonly says: string;
  /** The row of the account says it, too. A limit passes by itself. */
  readonly isOfAccount: boolean;
  readonly remedies: readonly string[];
}

const OUTAGES: readonly Outage[] = [
  { name: 'stopped', says: 'The service could not be reached.', isOfAccount: true, remedies: ['Retry'] },
  {
    ...{ name: 'signed out', fault: { status: 401, body: { errors: ['Unauthorized'] } } },
    ...{ says: 'Sign-in failed.', isOfAccount: true, remedies: ['Retry', 'Edit Account…'] },
  },
  {
    ...{ name: 'rate limited', fault: { status: 429, headers: { 'retry-after': '1' }, body: {} } },
    ...{ says: 'Rate limit reached.', isOfAccount: false, remedies: ['Retry'] },
  },
];

/** How long a backfill or run takes, less than once. */
const STEP_SECONDS = 3600;

/** Longer than it takes to look at the window. */
const SLOW_MS = 6_000;

/** Longer than it takes to cancel, and shorter than a test waits: polls that were sent meanwhile take as long. */
const TOO_SLOW_MS = 30_000;

walkThrough(
  'services that fail and recover, with a watch and details open',
  (step) => {
    let sample: SampleService;
    after(() => sample.close());
    let before: readonly string[] = [];

    const names = (workbench: Workbench): Promise<readonly string[]> =>
      workbench.rows().locator('.label-name').allInnerTexts();
    const row = (workbench: Workbench, { connection, level }: Watched): Locator =>
      workbench.rows({ name: connection, level }).first();
    const showPanel = async (workbench: Workbench, { connection }: Watched): Promise<PanelPage> => {
      await workbench.tab(new RegExp(connection)).first().click();
      const panel = new PanelPage(workbench);
      await panel.about(connection);
      return panel;
    };
    /** Nothing that was shown is gone, no watch has ended, and no message was shown. */
    const assertKept = async (workbench: Workbench): Promise<void> => {
      const now = await names(workbench);
      assert.deepEqual(
        before.filter((name) => !now.includes(name)),
        [],
      );
      for (const each of SERVICES.filter(({ watch }) => watch !== undefined))
        assert.match(await row(workbench, each).innerText(), /watched/, each.service);
      assert.equal(await workbench.page.locator('.notification-toast').count(), 0);
      assert.doesNotMatch(await workbench.page.locator('.statusbar').innerText(), /refreshed|updated/i);
    };
    const isCalm = async (workbench: Workbench): Promise<boolean> => {
      const texts = await workbench.rowTexts();
      return texts.every(
        (text) => !text.includes('may be outdated') && !OUTAGES.some(({ says }) => text.includes(says)),
      );
    };
    const recover = async (workbench: Workbench): Promise<void> => {
      await workbench.titleButton('Connections', 'Refresh');
      await workbench.until('all rows are up to date', () => isCalm(workbench));
      for (const each of SERVICES) {
        const { frame } = await showPanel(workbench, each);
        await frame.getByText('Updated just now', { exact: true }).waitFor();
        await frame.locator('.header .problem').waitFor({ state: 'detached' });
      }
      await assertKept(workbench);
    };

    step('a connection of each is open, and watched where the service has runs', async (workbench) => {
      sample = await startSampleService({
        ...{ rate: 0, connections: 3, datasets: 2, backfills: 3, backfillSeconds: STEP_SECONDS, krenalis: 4 },
        immuta: { runSeconds: STEP_SECONDS, databases: 1, schemas: 1, tables: 1 },
      });
      await workbench.page.setViewportSize({ width: 1280, height: 1000 });
      await workbench.openView();
      await workbench.sideBarWidth(560);
      for (const { account, service } of SERVICES) await addAccount(workbench, sample, account, service);
      for (const { account, connection, level, watch } of SERVICES) {
        await workbench.expand({ name: account, level: 1 });
        if (level === 3) await workbench.expand({ name: 'users', level: 2 });
        const query: RowQuery = { name: connection, level };
        const panel = await openPanel(workbench, query);
        await panel.button('Keep Open').click();
        if (watch === undefined) await assertUnwatchable(workbench, query);
        else {
          await workbench.contextMenu(query, watch);
          await workbench.rows(query).filter({ hasText: 'watched' }).first().waitFor();
        }
      }
      before = await names(workbench);
      await workbench.screenshot('recovery-before');
    });

    for (const { name, fault, says, isOfAccount, remedies } of OUTAGES) {
      step(`${name}: tree, details and watch say so, and lose nothing`, async (workbench) => {
        if (!fault) await sample.pause();
        const end = fault && sample.inject({ match: { path: /./ }, ...fault });
        await workbench.titleButton('Connections', 'Refresh');
        for (const each of SERVICES) {
          const { account, service } = each;
          await row(workbench, each).filter({ hasText: 'may be outdated' }).waitFor();
          if (isOfAccount)
            await workbench.rows({ name: account, level: 1 }).filter({ hasText: says }).waitFor();
          const { frame } = await showPanel(workbench, each);
          const problem = frame.locator('.header .problem').filter({ hasText: says });
          await problem.waitFor();
          // The buttons of a page that has just loaded have no labels yet.
          await workbench.until(`${service} offers ${remedies.join(', ')}`, async () =>
            isDeepStrictEqual(await problem.locator('vscode-button').allInnerTexts(), remedies),
          );
          await frame.getByText(/^May be outdated\. Last updated /).waitFor();
          assert.equal(await frame.getByText('Updated just now', { exact: true }).count(), 0);
          assert.ok((await frame.locator('dt').count()) > 0, 'the properties are still shown');
          await workbench.screenshot(`recovery-${name}-${service}`);
        }
        assert.equal(await workbench.rows({ name: says, level: 2 }).count(), SERVICES.length);
        await assertKept(workbench);
        end?.();
        if (!fault) await sample.resume();
        await recover(workbench);
      });
    }

    step('slow: what was shown stays as it was, and tree and details show progress', async (workbench) => {
      const end = sample.inject({ match: { path: /./ }, delay: SLOW_MS });
      await workbench.titleButton('Connections', 'Refresh');
      await workbench.page.locator('.sidebar .monaco-progress-container.active').first().waitFor();
      for (const each of SERVICES) {
        const panel = await showPanel(workbench, each);
        await panel.frame.locator('dt').first().waitFor();
        const facts = await panel.frame.locator('dt').allInnerTexts();
        await panel.button('Refresh').click();
        await panel.frame.locator('.header .busy').waitFor();
        assert.ok(await isCalm(workbench), each.service);
        assert.deepEqual(await panel.frame.locator('dt').allInnerTexts(), facts, each.service);
        assert.ok(facts.length > 0, each.service);
        assert.ok(
          await panel.frame
            .getByText(/^Updated /)
            .first()
            .isVisible(),
          each.service,
        );
        await assertKept(workbench);
        await workbench.screenshot(`recovery-slow-${each.service}`);
      }
      end();
      for (const each of SERVICES) {
        const { frame } = await showPanel(workbench, each);
        await frame.locator('.header .busy').waitFor({ state: 'hidden' });
      }
      await recover(workbench);
    });

    step('slow: who has enough of it cancels, and loses nothing', async (workbench) => {
      const end = sample.inject({ match: { path: /./ }, delay: TOO_SLOW_MS });
      await refreshStatus(workbench);
      const progress = await workbench.notification(/Refresh Backfill Status/);
      await workbench.screenshot('recovery-slow-cancel');
      await progress.getByRole('button', { name: 'Cancel', exact: true }).press('Enter');
      await workbench.notification(/Canceled\. Not read: /);
      await workbench.screenshot('recovery-slow-canceled');
      await workbench.dismiss();
      assert.ok(await isCalm(workbench));
      await assertKept(workbench);
      end();
      await recover(workbench);
    });

    step('each watch goes on', async (workbench) => {
      sample.clearRequests();
      for (const { service, polls } of SERVICES.filter((each) => each.polls !== undefined))
        await workbench.until(
          `${service} is asked again`,
          () =>
            Promise.resolve(sample.requests.some(({ path, status }) => status === 200 && polls?.test(path))),
          2 * TOO_SLOW_MS,
        );
      sample.advance(STEP_SECONDS * 2);
      await workbench.notification(/Backfill finished: Web and App – Retail EU › |watched runs/);
      await workbench.screenshot('recovery-told-cja');
      await workbench.dismiss();
    });

    for (const [service, start, told] of [
      ['krenalis', startPipeline, /Run finished: Data lake › Import users from CSV/],
      ['immuta', startSync, /Run (?:finished|failed): finance-prod-snowflake-3/],
    ] as const)
      step(`what begins at ${service} meanwhile is told when it ends`, async (workbench) => {
        const { polls } = SERVICES.find((each) => each.service === service) ?? assert.fail(service);
        await start(sample);
        sample.clearRequests();
        await workbench.until(`${service} is asked`, () =>
          Promise.resolve(
            sample.requests.filter(({ path, status }) => status === 200 && polls?.test(path)).length > 1,
          ),
        );
        sample.advance(STEP_SECONDS * 2);
        await workbench.notification(told);
        await workbench.screenshot(`recovery-told-${service}`);
        await workbench.dismiss();
      });
  },
  { settings: { 'connectionsExplorer.pollInterval': 5 } },
);

/** Shows the details of a row: VS Code drops a click on one that is being redrawn. */
async function openPanel(workbench: Workbench, query: RowQuery): Promise<PanelPage> {
  const panel = new PanelPage(workbench);
  await workbench.until(`details of ${String(query.name)}`, async () => {
    await workbench.contextMenu(query, 'Show Details');
    return await comes(panel.heading.getByText(query.name).waitFor({ timeout: 8_000 }));
  });
  return panel;
}

/** Somebody else starts a pipeline of Krenalis. */
async function startPipeline({ origin, krenalis }: SampleService): Promise<void> {
  const headers = { authorization: `Bearer ${krenalis.restrictedKey}`, 'content-type': 'application/json' };
  const { connections } = (await (await fetch(`${origin}/v1/connections`, { headers })).json()) as {
    readonly connections: readonly {
      readonly pipelines: readonly { readonly id: string; readonly name: string }[];
    }[];
  };
  const pipelines = connections.flatMap((each) => each.pipelines);
  const { id } = pipelines.find(({ name }) => name === 'Import users from CSV') ?? assert.fail();
  await post(`${origin}/v1/pipelines/${id}/runs`, headers, '{}');
}

/** Somebody else syncs a connection of Immuta. */
async function startSync({ origin, immuta }: SampleService): Promise<void> {
  const headers = {
    authorization: `Bearer ${immuta.issueToken()}`,
    'content-type': 'application/json',
  };
  const body = JSON.stringify({ type: 'DATA_OBJECT_SYNC' });
  await post(`${origin}/api/connections/finance-prod-snowflake-3/tasks`, headers, body);
}

async function post(url: string, headers: Readonly<Record<string, string>>, body: string): Promise<void> {
  const { ok, status } = await fetch(url, { method: 'POST', headers, body });
  assert.ok(ok, `${url}: ${status}`);
}

/** Its menu offers no watch. */
async function assertUnwatchable(workbench: Workbench, query: RowQuery): Promise<void> {
  await (await workbench.row(query)).click({ button: 'right' });
  const menu = workbench.page.locator('.monaco-menu');
  await menu.getByText('Show Details', { exact: true }).waitFor();
  assert.equal(await menu.getByText(/Watch/).count(), 0);
  await workbench.page.keyboard.press('Escape');
}
