import assert from 'node:assert/strict';
import { after } from 'node:test';
import { startSampleService, type SampleService } from '../../src/sample/server';
import { dragToEditor, hoverId, newFile, pointAway, suggestion, written } from './editorSteps';
import { PanelPage } from './panelPage';
import { addAccount } from './accounts';
import { CLICKS_SHOW_DETAILS, walkThrough } from './steps';
import type { RowQuery, Workbench } from './workbench';

const connection: RowQuery = { name: /./, level: 1 };
/** An id of the service's form that no account has. */
const unknown = 'dg_00000000-0000-4000-8000-000000000000';

/** Selects the first rows, and gives their ids as Copy ID does. */
async function firstIds(workbench: Workbench, count: number): Promise<readonly string[]> {
  await new PanelPage(workbench).lookAt({ ...connection, name: await workbench.getName(connection) });
  await selectMore(workbench, count);
  await workbench.runCommand('Connections: Copy ID');
  await workbench.confirmed(count === 1 ? /Copied ID of / : `Copied ${count} IDs`);
  return (await workbench.clipboard()).split('\n');
}

/**
 * Selects the rows below the first one that are not selected yet. VS Code drops a click on a row that is being
 * redrawn, and drops the rows below from the selection when the details of the first one redraw it.
 */
async function selectMore(workbench: Workbench, count: number): Promise<void> {
  const isSelected = async (at: number): Promise<boolean> => (await workbench.selected()).length > at;
  for (let at = 1; at < count; at++) {
    await workbench.until('one more is selected', async () => {
      if (await isSelected(at)) return true;
      await workbench
        .rows(connection)
        .nth(at)
        .click({ modifiers: ['Control'] });
      return isSelected(at);
    });
  }
}

walkThrough(
  'IDs in an editor',
  (step) => {
    let sample: SampleService;
    let id = '';
    let name = '';
    after(() => sample.close());

    step('connections have IDs', async (workbench) => {
      sample = await startSampleService({ rate: 0, connections: 6, datasets: 3 });
      await workbench.openView();
      await addAccount(workbench, sample, 'Retail');
      name = await workbench.getName(connection);
      [id = ''] = await firstIds(workbench, 1);
      assert.match(id, /^dg_/);
    });

    step('a name started in a string becomes the ID', async (workbench) => {
      await newFile(workbench, 'Python');
      await workbench.page.keyboard.type(`source = "${name.slice(0, 5)}`);
      const row = await suggestion(workbench, name);
      await workbench.screenshot('editor-completion');
      await row.click();
      await workbench.until('the id is written', async () => (await written(workbench)).includes(`"${id}`));
    });

    step('an ID started without its prefix is completed without it', async (workbench) => {
      const short = id.replace('dg_', '');
      await workbench.page.keyboard.press('Control+End');
      await workbench.page.keyboard.press('Enter');
      await workbench.page.keyboard.type(`other = "${short.slice(0, 6)}`);
      await suggestion(workbench, name);
      await workbench.page.keyboard.press('Enter');
      await workbench.until('the id is written', async () =>
        (await written(workbench)).includes(`"${short}`),
      );
    });

    step('the name is shown after the ID', async (workbench) => {
      await workbench.page.locator('.view-line').getByText(name).first().waitFor();
    });

    step('a hover describes the resource', async (workbench) => {
      const hover = await hoverId(workbench, id);
      await hover.getByText('Adobe Customer Journey Analytics').first().waitFor();
      await hover.getByText('Last backfill').first().waitFor();
      await workbench.screenshot('editor-hover');
    });

    step('its links lead to the tree, to the clipboard and to the details', async (workbench) => {
      const other = await workbench.rows(connection).nth(1).locator('.label-name').innerText();
      await new PanelPage(workbench).lookAt({ name: other, level: 1 });
      await workbench.tab(/Untitled/).click();
      await (await hoverId(workbench, id)).getByText('Reveal in Tree').first().click();
      await workbench.until('the row is selected', async () => (await workbench.selected()).includes(name));
      await workbench.page.evaluate('navigator.clipboard.writeText("")');
      await workbench
        .tab(/Untitled/)
        .first()
        .click();
      await (await hoverId(workbench, id)).getByText('Copy ID').first().click();
      await workbench.until('the id is copied', async () => (await workbench.clipboard()) === id);
      await (await hoverId(workbench, id)).getByText('Show Details').first().click();
      await new PanelPage(workbench).about(name);
    });

    step('a look-up is canceled when the pointer leaves', async (workbench) => {
      sample.inject({ match: { path: new RegExp(unknown) }, hang: true });
      const asked = (): boolean | undefined =>
        sample.requests.find(({ path }) => path.endsWith(unknown))?.cancelled;
      await newFile(workbench, 'Plain Text');
      await workbench.page.keyboard.type(unknown);
      await workbench.until('the id is asked for', async () => {
        await pointAway(workbench);
        await workbench.page.locator('.view-line').getByText(unknown.slice(0, 12)).first().hover();
        await workbench.page.waitForTimeout(500);
        return asked() !== undefined;
      });
      await pointAway(workbench);
      await workbench.until('it is cancelled', () => Promise.resolve(asked() === true));
    });

    step('rows dragged into a file insert their IDs, one per line', async (workbench) => {
      const ids = await firstIds(workbench, 3);
      await newFile(workbench, 'Plain Text');
      // An empty file of plain text shows a hint, on which nothing can be dropped.
      await workbench.page.keyboard.type(' and others');
      await selectMore(workbench, 3);
      await dragToEditor(workbench, workbench.rows(connection).nth(1));
      await workbench.until('the ids are written', async () =>
        (await written(workbench)).includes(ids[2] ?? 'nothing'),
      );
      await workbench.screenshot('editor-drag');
      await pointAway(workbench);
      await workbench.runCommand('Select All');
      await workbench.page.keyboard.press('Control+c');
      assert.equal(await workbench.clipboard(), `${ids.join('\n')} and others`);
    });

    step('the ID at the cursor leads to its row', async (workbench) => {
      await workbench.page.keyboard.press('Control+Home');
      await workbench.runCommand('Connections: Reveal ID Under Cursor in Tree');
      // It is one of those that were dragged.
      await workbench.until('the row alone is selected', async () => {
        const selected = await workbench.selected();
        return selected.length === 1 && selected[0] === name;
      });
    });
  },
  {
    settings: {
      ...CLICKS_SHOW_DETAILS,
      'connectionsExplorer.inlayHints': true,
      'editor.hover.delay': 100,
      'workbench.colorTheme': 'Dark Modern',
    },
  },
);

walkThrough(
  'IDs as a JSON array',
  (step) => {
    step('rows dragged into a file insert an array', async (workbench) => {
      await workbench.openView();
      await workbench.welcome('Explore Sample Data').click();
      await workbench.choose('Adobe Customer Journey Analytics');
      const ids = await firstIds(workbench, 2);
      await newFile(workbench, 'JSON');
      await selectMore(workbench, 2);
      await dragToEditor(workbench, workbench.rows(connection).first());
      await workbench.until('the ids are written', async () => (await written(workbench)).includes(']'));
      assert.deepEqual(JSON.parse(await written(workbench)), ids);
    });
  },
  { settings: { ...CLICKS_SHOW_DETAILS, 'connectionsExplorer.insertAs': 'json' } },
);
