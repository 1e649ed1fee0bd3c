import assert from 'node:assert/strict';
import { after } from 'node:test';
import { startSampleService, type SampleService } from '../../src/sample/server';
import { addAccount } from './accounts';
import { walkThrough } from './steps';
import type { Workbench } from './workbench';

walkThrough('questions about documents of actions', (step) => {
  let sample: SampleService;
  let name: string;
  after(() => sample.close());

  const sent = (): readonly string[] =>
    sample.requests
      .filter(({ method, query }) => /POST|PUT|PATCH/.test(method) && query.get('dryRun') !== 'true')
      .map(({ method, path }) => `${method} ${path}`)
      .filter((request) => !/authenticate|token/.test(request));
  const save = (workbench: Workbench): Promise<void> => workbench.page.keyboard.press('Control+s');
  const dialog = (workbench: Workbench, text: string) =>
    workbench.page.locator('.monaco-dialog-box').filter({ hasText: text });
  const draftTab = (workbench: Workbench) => workbench.tab(new RegExp(`^Edit ${name}`));
  const edit = async (workbench: Workbench): Promise<void> => {
    await workbench.contextMenu({ name, level: 2 }, 'Edit as JSON');
    await draftTab(workbench).and(workbench.page.locator('.active')).waitFor();
  };
  const changes: (readonly [from: string, to: string])[] = [];
  /** Makes the service return a different text from now on, as after a change by another user. */
  const changeElsewhere = (from: string, to: string): void => {
    if (changes.push([from, to]) > 1) return;
    sample.inject({
      match: { method: 'GET', path: new RegExp(`/connections/${name}$`) },
      rewrite: (body) => changes.reduce((text, change) => text.replace(...change), body),
    });
  };
  const errors = (workbench: Workbench, count: number): Promise<void> =>
    workbench.page
      .locator('[id="status.problems"]')
      .getByLabel(count === 0 ? 'No Problems' : new RegExp(`Errors: ${count}\\b`))
      .waitFor();

  step('an incomplete template is refused locally, and each missing value is marked', async (workbench) => {
    sample = await startSampleService({ rate: 0, connections: 4 });
    await workbench.openView();
    await workbench.sideBarWidth(420);
    await addAccount(workbench, sample, 'Customers', 'krenalis');
    await addAccount(workbench, sample, 'Governance', 'immuta');
    await workbench.contextMenu({ name: 'Customers', level: 1 }, 'Create Connection…');
    await workbench.tab(/^Create Connection/).waitFor();
    sample.clearRequests();
    await save(workbench);
    await errors(workbench, 2);
    await workbench.runCommand('View: Close All Editors');
    await errors(workbench, 0);
    await workbench.contextMenu({ name: 'Governance', level: 1 }, 'Create Connection…');
    await workbench.choose('Create Databricks Connection…');
    await workbench.tab(/^Create Databricks Connection/).waitFor();
    await save(workbench);
    await errors(workbench, 6);
    await workbench.screenshot('draft-unfilled');
    assert.equal(await workbench.sendButton.isVisible(), false);
    assert.deepEqual(sent(), []);
    await workbench.dismiss();
    await workbench.runCommand('View: Close All Editors');
  });

  step('without changes there is nothing to send, which is no error', async (workbench) => {
    await workbench.expand({ name: 'Governance', level: 1 });
    const rows = workbench
      .rows({ name: /databricks/, level: 2 })
      .filter({ hasNotText: /inactive|unhealthy/ });
    await rows.first().waitFor();
    name = await rows.first().locator('.label-name').innerText();
    await edit(workbench);
    await save(workbench);
    const message = await workbench.notification('Nothing to send');
    await message.locator('.codicon-info').waitFor();
    await workbench.dismiss();
  });

  step('concurrent changes at the service are shown and merged', async (workbench) => {
    await workbench.replaceInEditor('/sql/1.0/warehouses/', '/sql/1.0/warehouses/mine-');
    changeElsewhere('"all-apis"', '"their-apis"');
    sample.clearRequests();
    await save(workbench);
    await dialog(workbench, 'has changed at the service since you started editing').waitFor();
    await dialog(workbench, 'scope: "all-apis" → "their-apis"').waitFor();
    await workbench.screenshot('draft-changed-meanwhile');
    await workbench.answer('Update Document');
    await workbench.until('both changes are there', async () => {
      const text = await workbench.editorText();
      return text.includes('their-apis') && text.includes('warehouses/mine-');
    });
    assert.deepEqual(sent(), []);
  });

  step('conflicting changes are marked, and confirmed only once', async (workbench) => {
    changeElsewhere('/sql/1.0/warehouses/', '/sql/1.0/warehouses/their-');
    const before = sample.requests.length;
    await save(workbench);
    await dialog(workbench, 'also changed by you').waitFor();
    await workbench.answer('Update Document');
    await workbench.page
      .locator('[id="status.problems"]')
      .getByLabel(/Warnings: 1\b/)
      .waitFor();
    assert.ok(sample.requests.length > before);
    await save(workbench);
    await workbench.sendButton.waitFor();
    await workbench.tab(`Send changes to "${name}"? (Immuta, Governance)`).waitFor();
    assert.equal(await workbench.page.locator('.monaco-dialog-box, .quick-input-widget:visible').count(), 0);
    await workbench.page.locator('.editor-actions').getByRole('button', { name: 'Keep Editing' }).click();
    await draftTab(workbench).and(workbench.page.locator('.active')).waitFor();
    assert.deepEqual(sent(), []);
  });

  step(
    'closing with Save asks whether to send it, and keeps it until that is answered',
    async (workbench) => {
      await workbench.runCommand('View: Close Editor');
      await workbench.answer('Save');
      await workbench.sendButton.waitFor();
      await draftTab(workbench).and(workbench.page.locator('.dirty')).waitFor();
      assert.deepEqual(sent(), []);
    },
  );

  step('a refusal shows its cause first, at its line, with the document in front', async (workbench) => {
    const cause = 'httpPath is not reachable';
    const stop = sample.inject({
      match: ({ method, query }) => method === 'PATCH' && query.get('dryRun') !== 'true',
      status: 422,
      body: {
        statusCode: 422,
        error: 'Unprocessable Entity',
        message: cause,
      },
    });
    await workbench.sendButton.click();
    const message = await workbench.notification(new RegExp(cause));
    assert.match(await message.innerText(), new RegExp(`^\\s*${cause}`));
    stop();
    await draftTab(workbench).and(workbench.page.locator('.active')).waitFor();
    await errors(workbench, 1);
    const { page } = workbench;
    const marked = await page.locator('.view-line').filter({ hasText: 'httpPath' }).boundingBox();
    const cursor = await page.locator('.editor-instance .cursors-layer .cursor').first().boundingBox();
    assert.equal(cursor?.y, marked?.y);
    await workbench.screenshot('draft-refused');
    await workbench.dismiss();
  });

  step('a new document starts with the current state', async (workbench) => {
    await save(workbench);
    await workbench.sendButton.click();
    await workbench.until('it is sent', () => Promise.resolve(sent().length > 0));
    await draftTab(workbench).waitFor({ state: 'detached' });
    await workbench.dismiss();
    await edit(workbench);
    assert.match(await workbench.editorText(), /their-apis/);
  });

  step('removing the account names its documents, and their text is kept', async (workbench) => {
    await workbench.replaceInEditor('"their-apis"', '"kept-apis"');
    await workbench.contextMenu({ name: 'Governance', level: 1 }, 'Remove Account…');
    await dialog(workbench, 'Unsent documents: 1.').waitFor();
    await workbench.screenshot('draft-account-removed');
    await workbench.answer('Remove');
    await draftTab(workbench).waitFor({ state: 'detached' });
    await workbench.tab(/Untitled/).waitFor();
    assert.match(await workbench.editorText(), /kept-apis/);
  });

  step(
    'in production, the name of a new resource must be typed, and questions name the account',
    async (workbench) => {
      await workbench.runCommand('Connections: Mark as Production', 'Customers');
      await workbench.runCommand('Connections: Create Connection…');
      await workbench.tab(/^Create Connection/).waitFor();
      await workbench.replaceInEditor('"name": ""', '"name": "My PG"');
      await workbench.replaceInEditor('"connector": ""', '"connector": "postgresql"');
      await save(workbench);
      await workbench.tab(/Create "My PG"\? \(Krenalis, Customers, Production\)/).waitFor();
      await workbench.sendButton.click();
      await workbench.quickInput.filter({ hasText: 'Type "My PG" to confirm.' }).waitFor();
      await workbench.screenshot('draft-production');
      await workbench.page.keyboard.press('Escape');
    },
  );
});
