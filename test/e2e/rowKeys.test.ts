import assert from 'node:assert/strict';
import { after } from 'node:test';
import { startSampleService, type SampleService } from '../../src/sample/server';
import { addAccount } from './accounts';
import { pickerRows } from './pickerSteps';
import { walkThrough, walkThroughDetails } from './steps';
import type { RowQuery, Workbench } from './workbench';

/** A row that is shown, its name and what Copy ID of its menu gives. */
interface Known {
  readonly name: string;
  readonly id: string;
}

const connection: RowQuery = { name: /./, level: 1 };

/** The first connections, from top to bottom. */
async function firstRows(workbench: Workbench, count: number): Promise<readonly Known[]> {
  const known: Known[] = [];
  for (let at = 0; at < count; at++) {
    const name = await workbench.rows(connection).nth(at).locator('.label-name').innerText();
    known.push({ name, id: await idByMenu(workbench, { name, level: 1 }) });
  }
  return known;
}

async function idByMenu(workbench: Workbench, query: RowQuery): Promise<string> {
  await clearClipboard(workbench);
  await workbench.contextMenu(query, 'Copy ID');
  await copied(workbench, /./);
  return await workbench.clipboard();
}

async function clearClipboard(workbench: Workbench): Promise<void> {
  await workbench.page.evaluate('navigator.clipboard.writeText("")');
}

async function copied(workbench: Workbench, text: string | RegExp): Promise<void> {
  await workbench.until(`${String(text)} on the clipboard`, async () => {
    const clipboard = await workbench.clipboard();
    return typeof text === 'string' ? clipboard === text : text.test(clipboard);
  });
}

/** Copies with the keyboard, and checks the message. */
async function copyByKey(workbench: Workbench, text: string, message: string): Promise<void> {
  await clearClipboard(workbench);
  await workbench.page.keyboard.press('ControlOrMeta+c');
  await copied(workbench, text);
  await workbench.confirmed(message);
}

/** A row that is being drawn again shows for a moment that it is not selected. */
async function staysSelected(workbench: Workbench, names: readonly string[]): Promise<void> {
  await workbench.until(`${names.join(', ')} selected`, async () => {
    return (await workbench.selected()).join() === names.join();
  });
}

/** Waits until the service has answered a request. */
async function answered(workbench: Workbench, { requests }: SampleService, asked: RegExp): Promise<void> {
  const isAnswered = (): boolean => requests.some(({ path, status }) => asked.test(path) && status === 200);
  await workbench.until(`an answer to ${String(asked)}`, () => Promise.resolve(isAnswered()));
}

/** A list of connections, each with a member more that no row shows. */
function noted(json: unknown, note: string): unknown {
  const { content = [], ...others } = json as { readonly content?: readonly object[] };
  return { ...others, content: content.map((item) => ({ ...item, note })) };
}

/** Copies the run that the keyboard is at. @returns its id. */
async function copyRun(workbench: Workbench): Promise<string> {
  await clearClipboard(workbench);
  await workbench.page.keyboard.press('ControlOrMeta+c');
  await copied(workbench, /^[\w-]{10,}$/);
  return await workbench.clipboard();
}

/** The name of the row that the keyboard is at. */
async function focused(workbench: Workbench): Promise<string> {
  return await workbench.page.locator('.sidebar .monaco-list-row.focused .label-name').first().innerText();
}

walkThroughDetails('the keyboard in the tree', (step) => {
  let sample: SampleService;
  let rows: readonly Known[] = [];
  const row = (at: number): Known => rows[at] ?? assert.fail();
  after(() => sample.close());

  step('has connections to act on', async (workbench) => {
    sample = await startSampleService({ rate: 0, connections: 6, datasets: 3 });
    await workbench.openView();
    await workbench.sideBarWidth(420);
    await addAccount(workbench, sample, 'Retail');
    rows = await firstRows(workbench, 4);
    assert.equal(new Set(rows.map(({ id }) => id)).size, 4);
    await workbench.dismiss();
  });

  step('copies the focused row if nothing was clicked or selected', async (workbench) => {
    await workbench.focusView('Connections');
    assert.deepEqual(await workbench.selected(), []);
    await workbench.page.keyboard.press('Home');
    await workbench.page.keyboard.press('ArrowDown');
    await workbench.until('the row has the focus', async () => (await focused(workbench)) === row(1).name);
    await copyByKey(workbench, row(1).id, `Copied ID of ${row(1).name}`);
    assert.equal(await workbench.quickInput.count(), 0, 'nothing is asked');
    assert.deepEqual(await workbench.selected(), []);
  });

  step(
    'copies the selection if the focus is in it, also while details of one of its rows are loading',
    async (workbench) => {
      const details = new RegExp(`^/data/connections/${row(0).id}$`);
      const change = (json: unknown): unknown => ({ ...(json as object), note: 'of the details alone' });
      sample.inject({ match: { path: details }, times: 1, delay: 1_000, change });
      await workbench.rows({ name: row(0).name, level: 1 }).click();
      await workbench.page.keyboard.press('Shift+ArrowDown');
      await workbench.page.keyboard.press('Shift+ArrowDown');
      const three = rows.slice(0, 3);
      const names = three.map(({ name }) => name);
      await staysSelected(workbench, names);
      await answered(workbench, sample, details);
      const ids = three.map(({ id }) => id).join('\n');
      await copyByKey(workbench, ids, 'Copied 3 IDs');
      await copyByKey(workbench, ids, 'Copied 3 IDs');
      await staysSelected(workbench, names);
    },
  );

  step('copies the focused row if that is outside the selection', async (workbench) => {
    await workbench.page.keyboard.press('ArrowDown');
    await workbench.until('the row has the focus', async () => (await focused(workbench)) === row(3).name);
    await copyByKey(workbench, row(3).id, `Copied ID of ${row(3).name}`);
    await staysSelected(
      workbench,
      rows.slice(0, 3).map(({ name }) => name),
    );
  });

  step('copies the focused row, and not the clicked one', async (workbench) => {
    await workbench.rows({ name: row(0).name, level: 1 }).click();
    await workbench.until('the row is selected', async () =>
      (await workbench.selected()).includes(row(0).name),
    );
    await workbench.page.keyboard.press('ArrowDown');
    await workbench.page.keyboard.press('ArrowDown');
    await workbench.until('the row has the focus', async () => (await focused(workbench)) === row(2).name);
    await copyByKey(workbench, row(2).id, `Copied ID of ${row(2).name}`);
    await staysSelected(workbench, [row(0).name]);
    assert.equal(await focused(workbench), row(2).name);
    await workbench.screenshot('keys-copy');
  });

  step('expands, collapses and shows nothing as a side effect', async (workbench) => {
    const at = workbench.rows({ name: row(2).name, level: 1 });
    assert.equal(await at.getAttribute('aria-expanded'), 'false');
    assert.equal(await workbench.tab(row(2).name).count(), 0);
  });

  step('copies the focused row again if that was clicked', async (workbench) => {
    await workbench.rows({ name: row(1).name, level: 1 }).click();
    await workbench.until('the row is selected', async () =>
      (await workbench.selected()).includes(row(1).name),
    );
    await copyByKey(workbench, row(1).id, `Copied ID of ${row(1).name}`);
    await copyByKey(workbench, row(1).id, `Copied ID of ${row(1).name}`);
    await staysSelected(workbench, [row(1).name]);
  });

  step('does nothing in the box of Find, also while rows are reloaded', async (workbench) => {
    const find = workbench.page.locator('.sidebar .monaco-tree-type-filter input');
    const list = /^\/data\/connections$/;
    let reads = 0;
    const change = (json: unknown): unknown => noted(json, `read ${++reads} times`);
    const mend = sample.inject({ match: { path: list }, delay: 1_500, change });
    sample.clearRequests();
    await clearClipboard(workbench);
    await workbench.runCommand('Connections: Refresh All');
    await workbench.rows({ name: row(1).name, level: 1 }).click();
    await workbench.page.keyboard.press('F3');
    await find.waitFor();
    await find.fill('a');
    await answered(workbench, sample, list);
    await workbench.page.keyboard.press('ControlOrMeta+a');
    await workbench.page.keyboard.press('ControlOrMeta+c');
    await copied(workbench, 'a');
    mend();
    await workbench.page.keyboard.press('Control+Alt+f');
    await workbench.page.keyboard.press('Escape');
    await find.waitFor({ state: 'hidden' });
    assert.equal(await workbench.quickInput.count(), 0, 'Filter is not opened');
  });

  step('finds with the key of VS Code, and filters with another', async (workbench) => {
    await workbench.rows({ name: row(0).name, level: 1 }).click();
    await workbench.page.keyboard.press('Control+Alt+f');
    const find = workbench.page.locator('.sidebar .monaco-tree-type-filter input');
    await find.waitFor();
    await workbench.page.keyboard.press('Escape');
    await find.waitFor({ state: 'hidden' });
    await workbench.rows({ name: row(0).name, level: 1 }).click();
    await workbench.page.keyboard.press('ControlOrMeta+k');
    await workbench.page.keyboard.press('l');
    await workbench.quickInput.filter({ hasText: 'Filter Connections' }).waitFor();
    await workbench.page.keyboard.press('Escape');
    await workbench.quickInput.waitFor({ state: 'hidden' });
  });
});

/** Runs a command of the palette by keyboard alone. */
async function runByKeys(workbench: Workbench, title: string): Promise<void> {
  const option = workbench.quickInput.getByRole('option').getByText(title, { exact: true });
  await workbench.until(`${title} in the palette`, async () => {
    await workbench.page.keyboard.press('F1');
    await workbench.input.fill(`>${title}`);
    return workbench.holds(async () => (await option.count()) > 0, 4_000);
  });
  await workbench.page.keyboard.press('Enter');
}

walkThrough('the palette where the keyboard is in the tree', (step) => {
  let sample: SampleService;
  let names: readonly string[] = [];
  const name = (at: number): string => names[at] ?? assert.fail();
  after(() => sample.close());

  /** Goes with arrow keys from the top to a row: past those that a click opened, and again if a redraw took the focus. */
  const goTo = async (workbench: Workbench, at: number): Promise<void> => {
    const isThere = async (): Promise<boolean> => (await focused(workbench)) === name(at);
    await workbench.until('the row has the focus', async () => {
      await workbench.page.keyboard.press('Home');
      for (let down = 0; down < 10 && !(await isThere()); down++)
        await workbench.page.keyboard.press('ArrowDown');
      return await workbench.holds(isThere, 1_000);
    });
  };

  step('takes the row with the focus where nothing is selected', async (workbench) => {
    sample = await startSampleService({ rate: 0 });
    await workbench.openView();
    await workbench.sideBarWidth(420);
    await addAccount(workbench, sample, 'Access', 'immuta');
    await workbench.row(connection);
    names = await workbench.rows(connection).locator('.label-name').allInnerTexts();
    await workbench.focusView('Connections');
    await goTo(workbench, 1);
    await runByKeys(workbench, 'Connections: Copy Name');
    await workbench.confirmed(`Copied name ${name(1)}`);
    assert.equal(await workbench.clipboard(), name(1));
    assert.deepEqual(await workbench.selected(), []);
  });

  step('takes it where another one is selected, and leaves that selected', async (workbench) => {
    await workbench
      .rows({ name: name(0), level: 1 })
      .locator('.label-name')
      .click();
    await staysSelected(workbench, [name(0)]);
    await goTo(workbench, 2);
    await runByKeys(workbench, 'Connections: Copy Name');
    await workbench.confirmed(`Copied name ${name(2)}`);
    assert.equal(await workbench.clipboard(), name(2));
    await staysSelected(workbench, [name(0)]);
  });

  step('changes nothing there unasked: a picker has that row on top', async (workbench) => {
    sample.clearRequests();
    await runByKeys(workbench, 'Connections: Validate');
    const rows = await pickerRows(workbench, ['— focused row', name(2)]);
    assert.equal(rows.filter((row) => row === name(2)).length, 1, 'and not a second time');
    await workbench.screenshot('keys-palette-picker');
    await workbench.page.keyboard.press('Escape');
    await workbench.quickInput.waitFor({ state: 'hidden' });
    const validations = (): number =>
      sample.requests.filter(({ path }) => path.endsWith('/_validate')).length;
    assert.equal(validations(), 0);
    await runByKeys(workbench, 'Connections: Validate');
    await pickerRows(workbench, ['— focused row', name(2)]);
    await workbench.page.keyboard.press('Enter');
    await workbench.until('the service is asked', () => Promise.resolve(validations() === 1));
  });

  step('changes what is selected at once', async (workbench) => {
    await workbench.dismiss();
    await workbench
      .rows({ name: name(1), level: 1 })
      .locator('.label-name')
      .click();
    await staysSelected(workbench, [name(1)]);
    sample.clearRequests();
    await runByKeys(workbench, 'Connections: Validate');
    await workbench.until('the service is asked', () =>
      Promise.resolve(sample.requests.some(({ path }) => path.endsWith('/_validate'))),
    );
  });
});

walkThrough('the keyboard in the Runs view', (step) => {
  let sample: SampleService;
  after(() => sample.close());

  step('copies the focused row', async (workbench) => {
    sample = await startSampleService({
      rate: 0,
      connections: 6,
      datasets: 3,
      backfills: 3,
      backfillSeconds: 3600,
    });
    await workbench.openView();
    await workbench.sideBarWidth(620);
    await addAccount(workbench, sample, 'Retail');
    await workbench.openRuns();
    await workbench
      .rows()
      .filter({ hasText: /failed · / })
      .first()
      .waitFor();
    await workbench.focusView('Runs');
    await workbench.page.keyboard.press('Home');
    const first = await copyRun(workbench);
    await workbench.page.keyboard.press('ArrowDown');
    assert.notEqual(await copyRun(workbench), first);
    await workbench.confirmed(/Copied ID of .+ · /);
  });
});
