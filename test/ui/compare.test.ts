import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { startSampleService, type SampleService } from '../../src/sample/server';
import { addAccount } from './signIn';
import { walkThrough } from './steps';

walkThrough('comparing and exporting', (step) => {
  const folder = mkdtempSync(join(tmpdir(), 'inventory-'));
  let sample: SampleService;
  let names: readonly string[];
  after(async () => {
    rmSync(folder, { recursive: true });
    await sample.close();
  });

  step('two selected connections are compared', async (workbench) => {
    sample = await startSampleService({ rate: 0, connections: 6, datasets: 4 });
    await workbench.openView('Connections');
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

  step('what the service sets is shown by the button in the title', async (workbench) => {
    const lines = workbench.page.locator('.monaco-diff-editor .modified .view-lines');
    assert.doesNotMatch(await lines.innerText(), /createdDate/);
    await workbench.page.locator('.editor-actions').getByLabel('Show or Hide Server-Made Values').click();
    await workbench.page.locator('.monaco-diff-editor .modified').getByText('createdDate').first().waitFor();
    await workbench.screenshot('compare-server-made');
  });

  step('an inventory is exported', async (workbench) => {
    await workbench.runCommand('Connections: Export Inventory…');
    await workbench.quickInput.getByText('Markdown').waitFor();
    await workbench.screenshot('export-formats');
    await workbench.pick('CSV');
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
