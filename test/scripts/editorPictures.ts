/**
 * Takes pictures of the editor features for IDs in every theme, for visual review: hints behind IDs, a hover,
 * completion, and rows that were dropped into a file. out/screenshots/editor-WHAT-THEME.png.
 *
 *   node out/scripts/editorPictures.js
 */
import { startSampleService } from '../../src/sample/server';
import { dragToEditor, hoverId, newFile, pointAway, suggestion, written } from '../e2e/editorSteps';
import { openWorkbench } from '../e2e/openWorkbench';
import { PanelPage } from '../e2e/panelPage';
import { addAccount } from '../e2e/accounts';
import type { RowQuery, Workbench } from '../e2e/workbench';
import { themeTitles } from '../e2e/themedPage';
import { program } from './lib/program';

const failing: RowQuery = { name: 'Checkout – Grocery Nordics', level: 1 };

program(async () => {
  const sample = await startSampleService({ rate: 0, connections: 12, datasets: 3 });
  const { workbench, close } = await openWorkbench({
    settings: { 'connectionsExplorer.inlayHints': true, 'editor.hover.delay': 100 },
  });
  try {
    await workbench.openView();
    await addAccount(workbench, sample, 'Retail');
    await new PanelPage(workbench).lookAt(failing);
    await newFile(workbench, 'Python');
    await workbench.page.keyboard.type(' # dragged');
    await dragToEditor(workbench, await workbench.row(failing));
    const [id = ''] = /dg_[\w-]+/.exec(await written(workbench)) ?? [];
    for (const [name, theme] of Object.entries(themeTitles)) await pictures(workbench, id, name, theme);
    return 0;
  } catch (error) {
    await workbench.screenshot('editor-failed');
    throw error;
  } finally {
    await close();
    await sample.close();
  }
}, 180_000);

async function pictures(workbench: Workbench, id: string, name: string, theme: string): Promise<void> {
  await workbench.setTheme(theme);
  await workbench.screenshot(`editor-drag-${name}`);
  const hover = await hoverId(workbench, id);
  await hover.getByText('Last backfill').first().waitFor();
  await workbench.screenshot(`editor-hover-${name}`);
  await pointAway(workbench);
  await workbench.page.locator('.editor-instance .view-line').last().click();
  await workbench.page.keyboard.press('Control+End');
  await workbench.page.keyboard.type('\nother = "Che');
  await suggestion(workbench, 'Checkout');
  await workbench.screenshot(`editor-completion-${name}`);
  await workbench.page.keyboard.press('Escape');
  await workbench.page.keyboard.press('Control+Shift+K');
}
