import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { comes } from './comes';
import type { Workbench } from './workbench';

/** Opens an empty file of a language, with the cursor in it. */
export async function newFile(workbench: Workbench, language: string): Promise<void> {
  const editor = workbench.page.locator('.editor-instance .monaco-editor.focused');
  await workbench.runCommand('File: New Untitled Text File');
  await workbench.until('an empty editor', async () => {
    const isThere = (await editor.count()) === 1;
    return isThere && (await editor.locator('.view-line').allInnerTexts()).join('').trim() === '';
  });
  await workbench.runCommand('Change Language Mode');
  await workbench.pick(language);
  await editor.waitFor();
}

/** The text of the open editor, without the marks of hints. */
export async function written(workbench: Workbench): Promise<string> {
  return (await workbench.editorText()).replaceAll('\u200b', '');
}

/** The suggestion that shows a text. */
export async function suggestion({ page }: Workbench, text: string): Promise<Locator> {
  const row = page.locator('.suggest-widget .monaco-list-row').filter({ hasText: text }).first();
  await row.waitFor();
  return row;
}

/** Points at a text in the editor until the hover of an id shows. */
export async function hoverId(workbench: Workbench, id: string): Promise<Locator> {
  const hover = workbench.page.locator('.monaco-hover:visible').filter({ hasText: 'Reveal in Tree' });
  await workbench.until('a hover', async () => {
    await pointAway(workbench);
    await workbench.page.locator('.view-line').getByText(id.slice(0, 12)).first().hover();
    return await comes(hover.waitFor({ timeout: 3_000 }));
  });
  return hover;
}

/** Moves the pointer to an empty area, or around in it: a tooltip that is late goes with a movement. */
export async function pointAway({ page }: Workbench): Promise<void> {
  for (const y of [760, 780]) await page.mouse.move(1200, y);
}

/** Drags to the beginning of the open editor. Drops with Shift held, as VS Code wants it for a drop into the text. */
export async function dragToEditor({ page }: Workbench, from: Locator): Promise<void> {
  const lines = page.locator('.editor-instance .view-lines').first();
  const box = (await lines.boundingBox()) ?? assert.fail('there is a place to drop');
  await from.hover();
  await page.mouse.down();
  await page.keyboard.down('Shift');
  await page.mouse.move(box.x + 40, box.y + 8, { steps: 10 });
  await page.mouse.move(box.x + 1, box.y + 8, { steps: 4 });
  await page.mouse.up();
  await page.keyboard.up('Shift');
}
