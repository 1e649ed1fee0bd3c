/**
 * The first ten minutes of a new user with the packaged extension: an empty profile, no setting changed. Prints how many
 * clicks and keys each of the three jobs takes.
 */
import assert from 'node:assert/strict';
import { Hands, type Effort } from './effort';
import { newFile, written } from './editorSteps';
import { walkThrough, type Step } from './steps';
import { vsix } from '../scripts/lib/paths';
import type { RowQuery, Workbench } from './workbench';

/** As installed by a user, without anything else. */
const INSTALLED = [{ install: [vsix] }, {}] as const;

const ADOBE = 'Adobe Customer Journey Analytics';
const connection: RowQuery = { name: /./, level: 1 };
const dataset: RowQuery = { name: /./, level: 2 };
const backfill: RowQuery = { name: /./, level: 3 };
/** A connection of the sample data with running backfills, the fourth row. */
const RUNNING: RowQuery = { name: 'Contact Centre – Grocery Japan', level: 1 };

const [FOCUS_CODE, COPY, PASTE] = ['ControlOrMeta+1', 'ControlOrMeta+c', 'ControlOrMeta+v'];

/** Prints what a job took, and holds it. */
function assertEffort(job: string, { clicks, keys }: Effort, wanted: Effort): void {
  console.log(`${job}: ${clicks} clicks, ${keys} keys`);
  assert.deepEqual({ clicks, keys }, wanted, job);
}

/** Opens the palette, types, and runs a command of the list, which is the first without `index`. */
async function run(
  workbench: Workbench,
  hands: Hands,
  typed: string,
  title: string,
  index = 0,
): Promise<void> {
  await hands.press('F1');
  await workbench.input.waitFor();
  await hands.type(typed);
  const command = workbench.quickInput.getByRole('option').nth(index).filter({ hasText: title });
  await command.waitFor();
  for (let row = 0; row < index; row++) await hands.press('ArrowDown');
  await hands.press('Enter');
  await command.waitFor({ state: 'hidden' });
}

/** The name of the row that has the focus. */
async function focused({ page }: Workbench): Promise<string> {
  return await page.locator('.sidebar .monaco-list-row.focused .label-name').first().innerText();
}

async function moveTo(workbench: Workbench, hands: Hands, key: string, name: string): Promise<void> {
  await hands.press(key);
  await workbench.until(`the focus on ${name}`, async () => (await focused(workbench)) === name);
}

/** Waits until the row of the running connection says that it is watched. */
async function isWatched(workbench: Workbench): Promise<void> {
  await workbench.rows(RUNNING).filter({ hasText: 'watched' }).waitFor();
}

/** Refreshes the status of backfills and checks the reported result, with the view open or not. */
function refreshStatus(step: Step, wanted: Effort): void {
  step('one command and Enter refresh the status, and report the result', async (workbench) => {
    const hands = new Hands(workbench);
    await run(workbench, hands, 'backfill', 'Refresh Backfill Status');
    assertEffort('Refresh status from the palette', hands.take(), wanted);
    await workbench.notification(/status refreshed|no changes since|finished/);
    await workbench.dismiss();
  });
}

walkThrough(
  'the first ten minutes by mouse',
  (step) => {
    let name: string;

    step('sample data is two clicks away', async (workbench) => {
      await workbench.openView();
      const hands = new Hands(workbench);
      await hands.click(workbench.welcome('Explore Sample Data'));
      await hands.click(workbench.quickInput.getByRole('option').filter({ hasText: ADOBE }));
      name = await workbench.getName(connection);
      assertEffort('Explore sample data', hands.take(), { clicks: 2, keys: 0 });
    });

    step('two clicks on whole rows lead to the backfills of a dataset', async (workbench) => {
      const hands = new Hands(workbench);
      await hands.click(await workbench.row({ name, level: 1 }));
      await hands.click(await workbench.row(dataset));
      await workbench.row(backfill);
      assertEffort('Browse to the backfills of a dataset', hands.take(), { clicks: 2, keys: 0 });
      await workbench.screenshot('first-minutes-1-browse');
    });

    step('an ID is copied into code that stays in sight', async (workbench) => {
      await newFile(workbench, 'Plain Text');
      const hands = new Hands(workbench);
      const code = workbench.page.locator('.editor-instance .view-lines');
      await hands.click(await workbench.row({ name, level: 1 }));
      await hands.press(COPY);
      await workbench.confirmed(`Copied ID of ${name}`);
      assert.ok(await code.isVisible());
      await hands.click(code);
      await hands.press(PASTE);
      await workbench.until('an ID in the code', async () => (await written(workbench)).includes('dg_'));
      assertEffort('Copy an ID into code by mouse', hands.take(), { clicks: 2, keys: 2 });
      await workbench.screenshot('first-minutes-2-id');
    });

    refreshStatus(step, { clicks: 0, keys: 10 });

    step('a connection is watched from its menu', async (workbench) => {
      await workbench.contextMenu(RUNNING, 'Watch');
      await isWatched(workbench);
      await workbench.screenshot('first-minutes-3-watched');
    });
  },
  ...INSTALLED,
);

walkThrough(
  'the first ten minutes by keyboard only',
  (step) => {
    let name: string;

    step('sample data comes from the palette', async (workbench) => {
      // An open palette keeps the commands that it had when it opened.
      await workbench.page
        .locator('.activitybar')
        .getByRole('tab', { name: 'Connections Explorer' })
        .waitFor();
      const hands = new Hands(workbench);
      await run(workbench, hands, 'sample data', 'Explore Sample Data');
      await workbench.quickInput.getByRole('option', { name: ADOBE }).waitFor();
      await hands.press('Enter');
      name = await workbench.getName(connection);
      assertEffort('Explore sample data by keyboard', hands.take(), { clicks: 0, keys: 14 });
    });

    step('Enter and arrows lead to the backfills of a dataset', async (workbench) => {
      await workbench.focusView('Connections');
      const hands = new Hands(workbench);
      await moveTo(workbench, hands, 'Home', name);
      await hands.press('Enter');
      await moveTo(workbench, hands, 'ArrowDown', await workbench.getName(dataset));
      await hands.press('Enter');
      await workbench.row(backfill);
      assertEffort('Browse to the backfills of a dataset by keyboard', hands.take(), { clicks: 0, keys: 4 });
    });

    step('an ID is copied from the focused row, and pasted into code', async (workbench) => {
      await newFile(workbench, 'Plain Text');
      await workbench.focusView('Connections');
      const hands = new Hands(workbench);
      await moveTo(workbench, hands, 'Home', name);
      await hands.press(COPY);
      await workbench.confirmed(`Copied ID of ${name}`);
      await hands.press(FOCUS_CODE);
      await hands.press(PASTE);
      await workbench.until('an ID in the code', async () => (await written(workbench)).includes('dg_'));
      assertEffort('Copy an ID into code by keyboard', hands.take(), { clicks: 0, keys: 4 });
    });

    refreshStatus(step, { clicks: 0, keys: 10 });

    step('a connection is watched from the palette', async (workbench) => {
      await workbench.focusView('Connections');
      const hands = new Hands(workbench);
      await moveTo(workbench, hands, 'Home', name);
      await hands.press('ArrowLeft');
      await workbench.rows(dataset).first().waitFor({ state: 'detached' });
      for (let row = 0; row < 3; row++) await hands.press('ArrowDown');
      await workbench.until('the focus', async () => (await focused(workbench)) === RUNNING.name);
      // The palette acts on the selection, because VS Code does not report the focus.
      await hands.press('Enter');
      await workbench.until('the selection', async () =>
        (await workbench.selected()).includes(String(RUNNING.name)),
      );
      await run(workbench, hands, 'watch', 'Connections: Watch', 1);
      await isWatched(workbench);
      assertEffort('Watch a connection by keyboard', hands.take(), { clicks: 0, keys: 14 });
    });
  },
  ...INSTALLED,
);
