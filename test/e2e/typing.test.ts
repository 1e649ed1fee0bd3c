import assert from 'node:assert/strict';
import { after } from 'node:test';
import { startSampleService, type SampleService } from '../../src/sample/server';
import { newest, oldest, type HostVersion } from '../scripts/lib/npmHost';
import { comes } from './comes';
import { newFile, suggestion, written } from './editorSteps';
import { addAccount } from './accounts';
import { walkThrough } from './steps';
import type { Workbench } from './workbench';

/** Names that are words of ordinary texts, too. */
const checkout = 'Checkout – Grocery Nordics';

/** Types as a person does, and waits until the list of suggestions opens; a list that stays away is not waited for long. */
async function type({ page }: Workbench, text: string): Promise<void> {
  await page.keyboard.type(text, { delay: 40 });
  await comes(page.locator('.suggest-widget.visible').waitFor({ timeout: 700 }));
}

/**
 * Types a line, waits for a list to open, and presses a key.
 * @returns the lines of the editor, the last of which is that of the cursor.
 */
async function linesAfter(
  workbench: Workbench,
  text: string,
  key: 'Enter' | 'Tab',
): Promise<readonly string[]> {
  await type(workbench, text);
  await workbench.page.keyboard.press(key);
  await workbench.page.keyboard.press('Escape');
  await workbench.page.keyboard.insertText('|');
  await workbench.until('the key has come', async () => (await written(workbench)).includes('|'));
  const lines = (await written(workbench)).split('\n');
  await workbench.page.keyboard.press('Backspace');
  await workbench.page.keyboard.press('Control+Enter');
  await workbench.page.keyboard.press('Home');
  return lines;
}

/** What a user types in a language, and the key pressed afterwards. A list may only open in values. */
const typed: Readonly<Record<string, readonly (readonly [text: string, key: 'Enter' | 'Tab'])[]>> = {
  'Shell Script': [
    ['git checkout', 'Enter'],
    ['git checko', 'Enter'],
  ],
  YAML: [
    ['name: Checkout', 'Enter'],
    ['- name: Checko', 'Enter'],
    ['source: Checkout', 'Enter'],
    ['source: Checko', 'Enter'],
    ['source: Checko', 'Tab'],
  ],
  'Plain Text': [
    ['We pay on delivery', 'Enter'],
    ['We pay on delive', 'Tab'],
  ],
  Python: [
    ['# "Checko', 'Enter'],
    ["x = f'Checko", 'Enter'],
  ],
  Markdown: [["Don't retur", 'Enter']],
  SQL: [["-- the customer's 'checko", 'Enter']],
  R: [["# the customer's 'checko", 'Enter']],
  Makefile: [['checko', 'Enter']],
  Properties: [['checko', 'Enter']],
};

/** In the oldest VS Code, which ranks alike. */
const typedInOldest: readonly string[] = ['Shell Script', 'YAML', 'Python'];

for (const version of [newest, oldest]) walk(version);

function walk(version: HostVersion): void {
  walkThrough(
    `text typed in an editor (${version.label})`,
    (step) => {
      let sample: SampleService;
      after(() => sample.close());

      step('there are connections whose names are words', async (workbench) => {
        sample = await startSampleService({ rate: 0, connections: 14, datasets: 3 });
        await workbench.openView();
        await addAccount(workbench, sample, 'Retail');
        await workbench.expand({ name: checkout, level: 1 });
      });

      for (const [language, texts] of Object.entries(typed)) {
        if (version !== newest && !typedInOldest.includes(language)) continue;
        step(`is not changed (${language})`, async (workbench) => {
          await newFile(workbench, language);
          for (const [text, key] of texts) {
            const lines = await linesAfter(workbench, text, key);
            assert.ok(
              lines.some((line) => line.startsWith(text)),
              `${text}: ${lines.join('\n')}`,
            );
            assert.doesNotMatch(lines.join(), /dg_/);
          }
        });
      }

      step('continues in the next line if no list is open', async (workbench) => {
        await newFile(workbench, 'YAML');
        const lines = await linesAfter(workbench, 'name: Checkout', 'Enter');
        assert.deepEqual(lines, ['name: Checkout', '|']);
      });

      step('is kept in full when the list shows less of it', async (workbench) => {
        await newFile(workbench, 'YAML');
        await workbench.page.keyboard.type('source: Check');
        await suggestion(workbench, checkout);
        await workbench.page.keyboard.type('out it');
        await workbench.page.keyboard.press('Enter');
        await workbench.page.keyboard.insertText('|');
        await workbench.until('all has come', async () => (await written(workbench)).includes('|'));
        assert.match(await written(workbench), /^source: Checkout it\s*\|/);
      });

      step('becomes an ID that is chosen', async (workbench) => {
        await newFile(workbench, 'YAML');
        await workbench.page.keyboard.type('source: Check');
        await suggestion(workbench, checkout);
        await workbench.screenshot(`typing-${version.label}`);
        await workbench.page.keyboard.press('ArrowDown');
        await workbench.page.keyboard.press('Enter');
        await workbench.until('the id', async () => (await written(workbench)).includes('source: dg_'));
      });
    },
    // Words of the files would open lists of their own.
    { version, settings: { 'editor.wordBasedSuggestions': 'off' } },
  );
}
