import assert from 'node:assert/strict';
import { after } from 'node:test';
import { startSampleService, type SampleService } from '../../src/sample/server';
import { PanelPage } from './panelPage';
import { addAccount } from './accounts';
import { CLICKS_SHOW_DETAILS, walkThrough, walkThroughDetails } from './steps';
import type { RowQuery } from './workbench';

const first: RowQuery = { name: /^Checkout/, level: 1 };
const running: RowQuery = { name: /^Contact Centre – Grocery Japan/, level: 1 };

walkThrough(
  'the panel of a resource',
  (step) => {
    let sample: SampleService;
    after(() => sample.close());

    step('opens as a preview by a click, and the tree keeps the focus', async (workbench) => {
      sample = await startSampleService({ rate: 0, backfillSeconds: 3600 });
      await workbench.openView();
      await workbench.sideBarWidth(400);
      await addAccount(workbench, sample, 'Retail');
      const panel = new PanelPage(workbench);
      await panel.lookAt(first);
      await panel.openJson();
      await panel.shows('"id"');
      await (await workbench.row(first)).click();
      await workbench.page.locator('.sidebar .monaco-list:focus-within').waitFor();
    });

    step('is reused by Enter on another row, with the same tab, until it is kept open', async (workbench) => {
      const panel = new PanelPage(workbench);
      await workbench.page.keyboard.press('ArrowDown');
      const name = (await workbench.selected())[0] ?? '';
      await workbench.page.keyboard.press('Enter');
      await workbench.until(
        'another resource',
        async () => !(await panel.tabs()).includes('Checkout – Grocery Nordics'),
      );
      assert.equal((await panel.tabs()).length, 1, name);
      await panel.shows('"id"');
      await panel.button('Keep Open').click();
      await panel.button('Keep Open').waitFor({ state: 'detached' });
      await panel.lookAt(running);
      assert.equal((await panel.tabs()).length, 2);
    });

    step('is kept open by the command, and no resource has two', async (workbench) => {
      const panel = new PanelPage(workbench);
      await workbench.contextMenu(first, 'Show Details');
      await panel.about(/^Checkout – Grocery Nordics/);
      await workbench.contextMenu(first, 'Show Details');
      await panel.button('Keep Open').waitFor({ state: 'detached' });
      await panel.lookAt(running);
      assert.equal((await panel.tabs()).length, 3);
      await workbench.contextMenu(first, 'Show Details');
      await panel.about(/^Checkout – Grocery Nordics/);
      assert.equal((await panel.tabs()).length, 3);
    });

    step('finds text', async (workbench) => {
      const panel = new PanelPage(workbench);
      await panel.openJson();
      await panel.button('Find').click();
      const field = panel.frame.getByRole('textbox', { name: 'Find', exact: true });
      await field.pressSequentially('ownerFullName');
      await field.press('Enter');
      await panel.frame.locator('.cm-searchMatch-selected').getByText('ownerFullName').waitFor();
      await workbench.screenshot('panel-search');
      await field.press('Escape');
      assert.equal(await panel.frame.locator('code.path').innerText(), '$.ownerFullName');
    });

    step('copies value, paths and object at the cursor', async (workbench) => {
      const panel = new PanelPage(workbench);
      assert.match(await panel.copies('Copy Value'), /^\w+ \w+$/);
      assert.equal(await panel.copies('Copy JSONPath'), '$.ownerFullName');
      assert.equal(await panel.copies('Copy JavaScript Accessor'), 'json.ownerFullName');
      await panel.lines.getByText('"imsUserId"').first().click();
      assert.equal(await panel.copies('Copy JSONPath'), '$.owner.imsUserId');
      const owner: unknown = JSON.parse(await panel.copies('Copy Object or Array'));
      assert.ok(owner instanceof Object && 'imsUserId' in owner);
    });

    step('folds and unfolds', async (workbench) => {
      const panel = new PanelPage(workbench);
      await panel.button('Fold All').click();
      await panel.frame.locator('.cm-foldPlaceholder').nth(2).waitFor();
      assert.equal(await panel.lines.getByText('"imsUserId"').count(), 0);
      await workbench.screenshot('panel-folded');
      await panel.button('Unfold All').click();
      await panel.shows('"imsUserId"');
      await panel
        .button('Wrap Lines')
        .or(panel.frame.getByRole('switch', { name: 'Wrap Lines' }))
        .click();
      await panel.frame.locator('.cm-lineWrapping').waitFor();
    });

    step('reveals the dataset of an ID in the tree', async (workbench) => {
      const panel = new PanelPage(workbench);
      await workbench.expand(first);
      await workbench.row({ name: /./, level: 2 });
      const link = panel.frame.locator('.cm-id-link').first();
      await link.waitFor();
      await workbench.screenshot('panel-links');
      await link.click();
      await workbench.until('a dataset is selected', async () => {
        return (
          (await workbench
            .rows({ name: /./, level: 2 })
            .and(workbench.page.locator('[aria-selected=true]'))
            .count()) === 1
        );
      });
    });

    step(
      'shows a changed status by itself, without the tree, and keeps its scroll position',
      async (workbench) => {
        const panel = new PanelPage(workbench);
        await workbench.contextMenu(running, 'Show Details');
        await panel.about(/^Contact Centre/);
        await panel.frame
          .locator('.header')
          .getByText(/^\d+ in progress/)
          .waitFor();
        await panel.openJson();
        await panel.shows('"id"');
        await panel.scrollTo(700);
        await panel.shows('"dataSetId"');
        const sideBar = 'View: Toggle Primary Side Bar Visibility';
        await workbench.runCommand(sideBar);
        await workbench.page.locator('.part.sidebar').waitFor({ state: 'hidden' });
        sample.cja.finishBackfills();
        await panel.frame
          .locator('.header')
          .getByText(/^\d+ completed$/)
          .waitFor();
        assert.equal(await panel.scrolled(), 700);
        await workbench.runCommand(sideBar);
      },
    );

    step('says what was deleted, and keeps its last known state', async (workbench) => {
      const panel = new PanelPage(workbench);
      const id = /dg_\S+/.exec(await panel.frame.locator('.header code').innerText())?.[0] ?? '';
      sample.cja.removeConnection(id);
      await workbench.runCommand('Connections: Refresh All');
      await panel.frame.getByText('This resource no longer exists.').waitFor();
      await panel.shows('"dataSetId"');
      await workbench.screenshot('panel-gone');
    });

    step('closes with its account, with a message', async (workbench) => {
      const panel = new PanelPage(workbench);
      await workbench.runCommand('Connections: Remove Account', 'Retail');
      await workbench.answer('Remove');
      await workbench.until('all panels are closed', async () => (await panel.tabs()).length === 0);
      await workbench.notification(/"Contact Centre.*its account was removed/);
    });
  },
  { settings: { ...CLICKS_SHOW_DETAILS, 'connectionsExplorer.pollInterval': 5 } },
);

walkThroughDetails('a panel after a reload', (step) => {
  step('is restored at its position, from its path only', async (workbench) => {
    await workbench.openView();
    await workbench.welcome('Explore Sample Data').click();
    await workbench.choose('Adobe Customer Journey Analytics');
    const panel = new PanelPage(workbench);
    await panel.lookAt(running);
    await panel.openJson();
    await panel.shows('"ownerFullName"');
    await panel.scrollTo(700);
    await panel.shows('"dataSetId"');
    await workbench.reload();
    await panel.about(/^Contact Centre/);
    await panel.shows('"dataSetId"');
    await workbench.until('it is scrolled as before', async () => (await panel.scrolled()) === 700);
    assert.equal((await panel.tabs()).length, 1);
  });

  step('is still a preview', async (workbench) => {
    const panel = new PanelPage(workbench);
    await panel.lookAt(first);
    assert.equal((await panel.tabs()).length, 1);
  });

  step('adds no styles to its page from resource to resource', async (workbench) => {
    const panel = new PanelPage(workbench);
    const countRules = async (): Promise<string> => {
      await panel.lines.first().waitFor();
      return panel.evaluate(
        'Array.from(document.styleSheets).reduce((sum, { cssRules }) => sum + cssRules.length, 0)',
      );
    };
    const before = await countRules();
    await panel.lookAt(running);
    assert.equal(await countRules(), before);
  });
});
