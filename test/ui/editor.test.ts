import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { walkThrough } from './steps';
import type { RowQuery, Workbench } from './workbench';

const connection: RowQuery = { name: /./, level: 1 };
const themes = ['Light Modern', 'Dark High Contrast', 'Light High Contrast', 'Dark Modern'];

walkThrough(
  'ids in an editor',
  (step) => {
    let id = '';
    let name = '';

    step('sample data has ids', async (workbench) => {
      await workbench.openView('Connections');
      await workbench.welcome('Explore Sample Data').click();
      await workbench.choose('Adobe Customer Journey Analytics');
      const row = await workbench.expand(connection);
      await workbench.row({ name: /./, level: 2 });
      name = await row.locator('.label-name').innerText();
      await workbench.contextMenu(connection, 'Copy ID');
      await workbench.confirmed(/Copied dg_/);
      id = await workbench.clipboard();
    });

    step('a name that is begun in a string becomes the id', async (workbench) => {
      await newFile(workbench, 'Python');
      await workbench.page.keyboard.type(`source = "${name.slice(0, 5)}`);
      const suggestion = workbench.page.locator('.suggest-widget .monaco-list-row').filter({ hasText: name });
      await suggestion.first().waitFor();
      await workbench.screenshot('editor-completion-Dark Modern');
      await suggestion.first().click();
      await workbench.until('the id is written', async () => (await written(workbench)).includes(`"${id}`));
    });

    step('the name stands behind the id', async (workbench) => {
      await workbench.page.locator('.view-line').getByText(name).waitFor();
    });

    for (const theme of themes) {
      step(`a hover tells what it is (${theme})`, async (workbench) => {
        await workbench.runCommand('Preferences: Color Theme');
        await workbench.pick(theme);
        const hover = await hoverId(workbench, id);
        await hover.getByText('Adobe Customer Journey Analytics').first().waitFor();
        await hover.getByText('Last backfill').first().waitFor();
        await workbench.screenshot(`editor-hover-${theme}`);
        await workbench.page.mouse.move(1200, 780);
      });
    }

    step('its links lead to the tree and to the details', async (workbench) => {
      await (await hoverId(workbench, id)).getByText('Reveal in Tree').first().click();
      await workbench.until('the row is selected', async () => (await workbench.selected()).includes(name));
      await (await hoverId(workbench, id)).getByText('Show Details').first().click();
      await workbench.page.getByRole('tab', { name }).first().waitFor();
    });

    step('a row that is dragged into a file writes its id', async (workbench) => {
      await newFile(workbench, 'Plain Text');
      await workbench.page.keyboard.type('id: ');
      const row = await workbench.row(connection);
      const editor = workbench.page.locator('.editor-instance .view-lines').first();
      await drag(workbench, row, editor);
      await workbench.until('the id is written', async () => (await written(workbench)).includes(id));
      await workbench.screenshot('editor-drag');
    });

    step('the id under the cursor leads to its row', async (workbench) => {
      await workbench.collapse(connection);
      await workbench.page.locator('.editor-instance .view-line').first().click();
      await workbench.runCommand('Connections: Reveal ID Under Cursor in Tree');
      await workbench.until('the row is selected', async () => (await workbench.selected()).includes(name));
      assert.equal((await workbench.selected()).length, 1);
    });
  },
  {
    settings: {
      'connectionsExplorer.inlayHints': true,
      'editor.hover.delay': 100,
      'workbench.colorTheme': 'Dark Modern',
    },
  },
);

async function newFile(workbench: Workbench, language: string): Promise<void> {
  await workbench.runCommand('File: New Untitled Text File');
  await workbench.page.locator('.editor-instance .view-line').first().click();
  await workbench.runCommand('Change Language Mode');
  await workbench.pick(language);
  await workbench.page.locator('.editor-instance .view-line').first().click();
}

async function written(workbench: Workbench): Promise<string> {
  return (await workbench.editorText()).replaceAll('\u200b', '');
}

async function hoverId(workbench: Workbench, id: string): Promise<Locator> {
  const hover = workbench.page.locator('.monaco-hover:visible').filter({ hasText: 'Reveal in Tree' });
  await workbench.until('a hover', async () => {
    await workbench.page.mouse.move(1200, 780);
    await workbench.page.locator('.view-line').getByText(id.slice(0, 12)).first().hover();
    return await hover.waitFor({ timeout: 3_000 }).then(
      () => true,
      () => false,
    );
  });
  return hover;
}

/** Drops with Shift held, as VS Code wants it for a drop into the text. */
async function drag({ page }: Workbench, from: Locator, to: Locator): Promise<void> {
  const box = (await to.boundingBox()) ?? assert.fail('there is a place to drop');
  await from.hover();
  await page.mouse.down();
  await page.keyboard.down('Shift');
  await page.mouse.move(box.x + 40, box.y + 8, { steps: 10 });
  await page.mouse.move(box.x + 4, box.y + 8, { steps: 4 });
  await page.mouse.up();
  await page.keyboard.up('Shift');
}
