import assert from 'node:assert/strict';
import { after } from 'node:test';
import { startSampleService, type SampleService } from '../../src/sample/server';
import { comes } from './comes';
import { newFile, suggestion, written } from './editorSteps';
import { addAccount } from './accounts';
import { walkThrough, type Step } from './steps';
import type { Workbench } from './workbench';

const checkout = 'Checkout – Grocery Nordics';
const returns = 'Returns – Insurance LATAM';

/** Writes at the end of the open editor, in one piece. */
async function write({ page }: Workbench, text: string): Promise<void> {
  await page.keyboard.press('Control+End');
  await page.keyboard.insertText(text);
}

/** The names of the suggestions that are drawn, from top to bottom. */
async function rows({ page }: Workbench): Promise<readonly string[]> {
  return await page.locator('.suggest-widget.visible .monaco-list-row .label-name').allInnerTexts();
}

function signIn(step: Step): void {
  let sample: SampleService;
  after(() => sample.close());
  step('there are connections', async (workbench) => {
    sample = await startSampleService({ rate: 0, connections: 14, datasets: 3 });
    await workbench.openView();
    await addAccount(workbench, sample, 'Retail');
    await workbench.row({ name: returns, level: 1 });
  });
}

walkThrough(
  'the completion list',
  (step) => {
    signIn(step);

    for (const [language, before, typed] of [
      ['YAML', 'returns_flag: 1\n', 'cja: Retur'],
      ['JSON', '{\n"returns_flag": "returns_flag",\n', '"cja": "Retur'],
      ['Docker', 'ENV RETURNS_FLAG=returns_flag\n', 'ENV CJA=Retur'],
    ] as const) {
      step(`opens together with similar words of the file (${language})`, async (workbench) => {
        await newFile(workbench, language);
        await write(workbench, before);
        await workbench.page.keyboard.type(typed, { delay: 30 });
        await suggestion(workbench, returns);
        await workbench.page.keyboard.press('Escape');
      });
    }

    step('comes after the suggestions of the language', async (workbench) => {
      await newFile(workbench, 'TypeScript');
      await write(workbench, "type T = 'checkout-page' | 'checkout-v2';\nconst t: T = '");
      await workbench.page.keyboard.type('checkout', { delay: 30 });
      await workbench.page.keyboard.press('Escape');
      const both = (list: readonly string[]): boolean =>
        list.includes('checkout-v2') && list.includes(checkout);
      // The language server may still be starting: then the list has to be requested again.
      await workbench.until('both', async () => {
        await workbench.page.keyboard.press('Escape');
        await workbench.page.keyboard.press('Control+Space');
        return await workbench.holds(async () => both(await rows(workbench)), 3_000);
      });
      const all = await rows(workbench);
      assert.deepEqual(all.slice(0, 2), ['checkout-page', 'checkout-v2']);
      await workbench.screenshot('completion-union');
      await workbench.page.keyboard.press('Enter');
      await workbench.until('the row of the language', async () =>
        (await written(workbench)).includes("const t: T = 'checkout-page"),
      );
    });
  },
  { settings: { 'editor.wordBasedSuggestions': 'currentDocument' } },
);

walkThrough(
  'the completion list with quick suggestions off',
  (step) => {
    signIn(step);

    step('opens on request, and not by itself', async (workbench) => {
      for (const [language, typed] of [
        ['Python', 'x = "Retur'],
        ['Shell Script', 'x="Retur'],
      ] as const) {
        await newFile(workbench, language);
        await workbench.page.keyboard.type(typed, { delay: 30 });
        const list = workbench.page.locator('.suggest-widget.visible');
        const opened = await comes(list.waitFor({ timeout: 1000 }));
        assert.equal(opened, false, language);
        await workbench.page.keyboard.press('Control+Space');
        await suggestion(workbench, returns);
        await workbench.page.keyboard.press('Escape');
      }
    });

    step('a double-click on part of an ID leads to its row', async (workbench) => {
      await newFile(workbench, 'YAML');
      await workbench.page.keyboard.type('cja: Retur');
      await workbench.page.keyboard.press('Control+Space');
      await suggestion(workbench, returns);
      await workbench.page.keyboard.press('ArrowDown');
      await workbench.page.keyboard.press('Enter');
      await workbench.until('the id', async () => (await written(workbench)).includes('dg_'));
      const id = workbench.page.locator('.editor-instance .view-line').getByText('dg_').last();
      const box = (await id.boundingBox()) ?? assert.fail();
      await workbench.page.mouse.dblclick(box.x + box.width - 20, box.y + box.height / 2);
      await workbench.runCommand('Connections: Reveal ID Under Cursor in Tree');
      await workbench.until('the row', async () => (await workbench.selected()).includes(returns));
    });
  },
  { settings: { 'editor.quickSuggestions': false, 'editor.wordBasedSuggestions': 'off' } },
);
