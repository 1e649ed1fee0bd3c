import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe } from 'node:test';
import manifest from '../../package.json';
import { startSampleService, type SampleService } from '../../src/sample/server';
import { root } from '../scripts/lib/paths';
import stored from '../support/stored/version-0.1.0.json';
import { walkThrough } from './steps';

const MAIN = 'updated.js';

/**
 * The main file of the extension after the update: what version 0.1.0 stored is there when `activate` is called. The
 * window of these tests keeps secrets no longer than its page, so these are stored at each start.
 */
const UPDATED = `
  const { readFileSync } = require('node:fs');
  const { join } = require('node:path');
  const vscode = require('vscode');
  const explorer = require('./dist/extension');
  exports.activate = async (context) => {
    const stored = JSON.parse(readFileSync(join(__dirname, 'stored.json'), 'utf8'));
    for (const [key, text] of Object.entries(stored.secrets)) await context.secrets.store(key, text);
    const first = context.globalState.get('test.stored') === undefined;
    for (const state of first ? ['globalState', 'workspaceState'] : [])
      for (const [key, value] of Object.entries(stored[state])) await context[state].update(key, value);
    await context.globalState.update('test.stored', true);
    const api = await explorer.activate(context);
    const { title, uris } = stored.comparison;
    // As version 0.1.0 opened it; later VS Code itself brings the tab back.
    if (first) void vscode.commands.executeCommand('vscode.diff', ...uris.map(vscode.Uri.from), title, { preview: true });
    return api;
  };`;

/** Writes a copy of this extension, by links to its files, that starts with stored data. */
function writeUpdated(folder: string, storedText: string): void {
  const linked = readdirSync(root).filter((name) => ['dist', 'media', 'l10n'].includes(name));
  for (const name of linked) symlinkSync(join(root, name), join(folder, name), 'junction');
  for (const name of readdirSync(root).filter((each) => /^package\.nls.*json$/.test(each)))
    writeFileSync(join(folder, name), readFileSync(join(root, name)));
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ ...manifest, main: `./${MAIN}` }));
  writeFileSync(join(folder, MAIN), UPDATED);
  writeFileSync(join(folder, 'stored.json'), storedText);
}

describe('after the update from version 0.1.0', () => {
  const extension = mkdtempSync(join(tmpdir(), 'updated-'));
  let sample: SampleService;
  before(async () => {
    sample = await startSampleService({
      ...{ rate: 0, connections: 10, datasets: 3, backfills: 3, backfillSeconds: 3600 },
    });
    writeUpdated(extension, JSON.stringify(stored).replaceAll('http://127.0.0.1:1', sample.origin));
  });
  after(async () => {
    rmSync(extension, { recursive: true, maxRetries: 5 });
    await sample.close();
  });

  walkThrough(
    'a window that opens with stored data',
    (step) => {
      const kept = { name: 'Web and App – Retail EU', level: 1 };
      const tab = new RegExp(stored.comparison.title);

      step('shows the account, the filter and the watch in the tree', async (workbench) => {
        await workbench.openView();
        await workbench.sideBarWidth(500);
        await workbench.rows(kept).filter({ hasText: 'watched' }).waitFor();
        await workbench.message.filter({ hasText: /\b2 of 10 connections match "Retail"/ }).waitFor();
        const token = sample.requests.find(({ path }) => path.startsWith('/ims/token'));
        assert.ok(token, 'the secret was used');
        await workbench.screenshot('update-1-tree');
      });

      step('shows the comparison, also after a reload', async (workbench) => {
        for (let reloads = 0; ; reloads++) {
          await workbench.tab(tab).waitFor();
          await workbench.page.locator('.monaco-diff-editor .line-insert').first().waitFor();
          for (const side of ['original', 'modified'])
            await workbench.page
              .locator(`.monaco-diff-editor .${side} .view-lines`)
              .getByText('"connectionValidationErrors"')
              .first()
              .waitFor();
          if (reloads > 0) break;
          await workbench.reload();
        }
        await workbench.screenshot('update-2-comparison');
      });

      step('lists the watched run in Runs, and notifies of its end', async (workbench) => {
        await workbench.openRuns();
        await workbench
          .rows()
          .filter({ hasText: / ago · / })
          .filter({ hasText: 'Web and App – Retail EU' })
          .first()
          .waitFor();
        await workbench.screenshot('update-3-runs');
        sample.advance(2 * 3600);
        await workbench.notification(/Backfill finished: Web and App – Retail EU › /);
      });
    },
    { builtIn: () => Promise.resolve(), settings: { 'connectionsExplorer.pollInterval': 5 } },
    { extension },
  );
});
