import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import type { Locator } from 'playwright-core';
import { compareScheme } from '../../src/shared/identifiers';
import { startSampleService, type SampleService } from '../../src/sample/server';
import { addAccount } from './accounts';
import { walkThroughDetails } from './steps';
import { Workbench } from './workbench';

walkThroughDetails('comparing and exporting', (step) => {
  const folder = mkdtempSync(join(tmpdir(), 'inventory-'));
  let sample: SampleService;
  let names: readonly string[];
  after(async () => {
    rmSync(folder, { recursive: true, maxRetries: 5 });
    await sample.close();
  });

  step('two selected connections are compared', async (workbench) => {
    sample = await startSampleService({ rate: 0, connections: 6, datasets: 4 });
    await workbench.openView();
    await addAccount(workbench, sample, 'Retail');
    const rows = workbench.rows({ name: /./, level: 1 });
    await rows.nth(1).waitFor();
    names = await rows.locator('.label-name').allInnerTexts();
    const [first = '', second = ''] = names;
    await workbench.rows({ name: first, level: 1 }).click();
    await workbench.rows({ name: second, level: 1 }).click({ modifiers: ['Control'] });
    await workbench.contextMenu({ name: second, level: 1 }, 'Compare…');
    await workbench.page.locator('.monaco-diff-editor').waitFor();
    await workbench.page.locator('.tab.active').filter({ hasText: '↔' }).waitFor();
    await workbench.page.locator('.diff-hidden-lines, .line-insert').first().waitFor();
    await workbench.screenshot('compare-connections');
  });

  step('fields that the service sets are shown by the button in the title', async (workbench) => {
    const lines = workbench.page.locator('.monaco-diff-editor .modified .view-lines');
    assert.doesNotMatch(await lines.innerText(), /createdDate/);
    const actions = workbench.page.locator('.editor-actions');
    await actions.getByLabel('Show Server-Managed Fields').click();
    await workbench.page.locator('.monaco-diff-editor .modified').getByText('createdDate').first().waitFor();
    await actions.getByLabel('Hide Server-Managed Fields').waitFor();
    await workbench.screenshot('compare-server-made');
  });

  step('an inventory is exported', async (workbench) => {
    await workbench.runCommand('Connections: Export Inventory…');
    await workbench.quickInput.getByText('Markdown').waitFor();
    await workbench.screenshot('export-formats');
    await workbench.pick('CSV');
    await workbench.quickInput.getByText('Sends one more request per connection').waitFor();
    await workbench.pick('Without Data Views');
    const file = join(folder, 'inventory.csv');
    await workbench.chooseFile('Export Inventory', file);
    const message = await workbench.notification(/Exported 6 connections/);
    const [, below] = /(\d+) resources/.exec(await message.innerText()) ?? [];
    await workbench.screenshot('export-done');
    const lines = readFileSync(file, 'utf8').split('\r\n');
    assert.equal(lines.length, 1 + 6 + Number(below) + 1);
    for (const name of names)
      assert.ok(
        lines.some((line) => line.includes(name)),
        name,
      );
  });
});

walkThroughDetails('comparisons after a reload', (step) => {
  const folder = mkdtempSync(join(tmpdir(), 'snapshot-'));
  const one = { name: /^Checkout – Grocery Nordics/, level: 1 };
  const other = { name: /^Contact Centre – Grocery Japan/, level: 1 };
  const title = /^Checkout – Grocery Nordics.* ↔ Contact Centre – Grocery Japan/;
  after(() => {
    rmSync(folder, { recursive: true, maxRetries: 5 });
  });

  step('are restored with both texts, their differences and their title', async (workbench) => {
    await workbench.openView();
    await workbench.sideBarWidth(300);
    await workbench.welcome('Explore Sample Data').click();
    await workbench.choose('Adobe Customer Journey Analytics');
    await (await workbench.row(one)).click();
    await (await workbench.row(other)).click({ modifiers: ['Control'] });
    await workbench.contextMenu(other, 'Compare…');
    await differs(workbench);
    const before = await texts(workbench);
    await workbench.reload();
    await workbench.tab(title).waitFor();
    await differs(workbench);
    assert.deepEqual(await texts(workbench), before);
    assert.notEqual(before[0], before[1]);
    await workbench.screenshot('compare-restored');
  });

  step('are restored with a snapshot', async (workbench) => {
    const file = join(folder, 'kept.json');
    await workbench.contextMenu(one, 'Save Snapshot…', 'Compare');
    await workbench.chooseFile('Save snapshot of', file);
    await workbench.notification('Snapshot saved.');
    await workbench.contextMenu(one, 'Compare with Snapshot…', 'Compare');
    await workbench.chooseFile('Compare "Checkout', file);
    const same = await workbench.notification('No differences. Server-managed fields are hidden.');
    await same.getByText('Show Server-Managed Fields').waitFor();
    await workbench.screenshot('compare-equal');
    // An open comparison keeps its scroll position, which may be far from the difference.
    await workbench.runCommand('View: Close Editor');
    writeFileSync(file, readFileSync(file, 'utf8').replace('Grocery Nordics', 'Grocery Nowhere'));
    await workbench.contextMenu(one, 'Compare with Snapshot…', 'Compare');
    await workbench.chooseFile('Compare "Checkout', file);
    await workbench.tab(/^kept\.json ↔ Checkout/).waitFor();
    await differs(workbench);
    await workbench.reload();
    await workbench.tab(/^kept\.json ↔ Checkout/).waitFor();
    await differs(workbench);
    await side(workbench, 'original').getByText('Grocery Nowhere').waitFor();
    await side(workbench, 'modified').getByText('Grocery Nordics').waitFor();
  });

  step('close with their account, with a message', async (workbench) => {
    await workbench.runCommand('Connections: Remove Account', 'Sample Data');
    await workbench.answer('Remove');
    await workbench.until('all tabs are closed', async () => (await workbench.tab('↔').count()) === 0);
    await workbench.notification(/were closed because their account no longer exists/);
    await workbench.screenshot('compare-closed');
    await workbench.dismiss();
  });
});

walkThroughDetails('a comparison whose account is removed in another window', (step) => {
  const one = { name: /^Checkout – Grocery Nordics/, level: 1 };
  const other = { name: /^Contact Centre – Grocery Japan/, level: 1 };
  const title = /^Checkout – Grocery Nordics.* ↔ Contact Centre – Grocery Japan/;

  /** Adds the sample account if there is none, and compares two of its connections. */
  const compare = async (workbench: Workbench): Promise<void> => {
    await workbench.openView();
    await workbench.sideBarWidth(300);
    await workbench.welcome('Explore Sample Data').click();
    await workbench.choose('Adobe Customer Journey Analytics');
    await (await workbench.row(one)).click();
    await (await workbench.row(other)).click({ modifiers: ['Control'] });
    await workbench.contextMenu(other, 'Compare…');
    await differs(workbench);
    await workbench.kept('"account:', 'Sample Data');
  };

  /**
   * Opens a window on another folder that is about to remove the account: for one on the same folder, VS Code would
   * store its tabs on closing, in place of those of the first.
   * @returns a function that removes it.
   */
  const removeElsewhere = async ({ page, profile }: Workbench): Promise<() => Promise<void>> => {
    const elsewhere = new Workbench(await page.context().newPage(), profile);
    const url = new URL(page.url());
    url.searchParams.set('folder', profile);
    await elsewhere.page.goto(url.href);
    await elsewhere.ready();
    await elsewhere.openView();
    await elsewhere.row(one);
    await elsewhere.runCommand('Connections: Remove Account', 'Sample Data');
    return async () => {
      await elsewhere.answer('Remove');
      await elsewhere.welcome('Explore Sample Data').waitFor();
      await elsewhere.forgotten('"account:', 'Sample Data');
      await elsewhere.page.close();
    };
  };

  step('closes when its window gets the focus', async (workbench) => {
    await compare(workbench);
    const comeBack = await workbench.leave();
    await (
      await removeElsewhere(workbench)
    )();
    await comeBack();
    await workbench.tab(title).waitFor({ state: 'detached' });
    await workbench.notification(/was closed because its account no longer exists/);
  });

  step('closes when it is restored after a reload', async (workbench) => {
    await workbench.dismiss();
    await compare(workbench);
    // VS Code stores its tabs while it closes, and an empty page comes too soon for that: they are stored by now.
    await workbench.reload();
    await workbench.tab(title).waitFor();
    await differs(workbench);
    await workbench.kept(compareScheme);
    const remove = await removeElsewhere(workbench);
    const { page } = workbench;
    // The account is removed while no window could notice it: a reloading window lives until its page arrives.
    const url = page.url();
    await page.route(url, (route) => route.fulfill({ contentType: 'text/html', body: '' }));
    await Promise.all([page.waitForEvent('load'), workbench.runCommand('Developer: Reload Window')]);
    await page.unroute(url);
    await remove();
    await page.goto(url);
    await workbench.ready();
    await workbench.welcome('Explore Sample Data').waitFor();
    await workbench.notification(/was closed because its account no longer exists/);
    await workbench.tab(title).waitFor({ state: 'detached' });
  });
});

walkThroughDetails('a comparison whose account has lost its secrets', (step) => {
  let sample: SampleService;
  after(() => sample.close());

  step('says so on both sides after a reload', async (workbench) => {
    sample = await startSampleService({ rate: 0 });
    await workbench.openView();
    await addAccount(workbench, sample, 'Events', 'krenalis');
    await (await workbench.row({ name: 'Data lake', level: 1 })).click();
    await workbench.contextMenu({ name: 'Data lake', level: 1 }, 'Select for Compare', 'Compare');
    await workbench.contextMenu({ name: 'Website', level: 1 }, 'Compare with Selected', 'Compare');
    await differs(workbench);
    // The window of these tests keeps secrets no longer than its page.
    await workbench.reload();
    for (const which of ['original', 'modified'] as const) {
      await side(workbench, which).getByText('Sign-in failed.').waitFor();
    }
    await workbench.screenshot('compare-no-secrets');
  });

  step('is reloaded when the account is signed in again', async (workbench) => {
    const { secrets } = sample.credentials('krenalis');
    await workbench.runCommand('Connections: Edit Account…', 'Events');
    await workbench.type(secrets.apiKey, 'Edit Account "Events" – API key');
    await workbench.quickInput.waitFor({ state: 'hidden' });
    for (const which of ['original', 'modified'] as const) {
      await side(workbench, which).getByText('"connector"').first().waitFor();
    }
    await differs(workbench);
  });
});

/** Waits until the diff editor shows that its sides differ. */
async function differs(workbench: Workbench): Promise<void> {
  await workbench.page.locator('.monaco-diff-editor .line-insert').first().waitFor();
}

/** The visible text of both sides. */
async function texts(workbench: Workbench): Promise<readonly string[]> {
  return await workbench.page.locator('.monaco-diff-editor .view-lines').allInnerTexts();
}

/** The lines of one side that are drawn. */
function side(workbench: Workbench, which: 'original' | 'modified'): Locator {
  return workbench.page.locator(`.monaco-diff-editor .${which} .view-lines`);
}
