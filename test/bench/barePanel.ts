import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openWorkbench } from '../e2e/openWorkbench';
import { PanelPage } from '../e2e/panelPage';
import type { Workbench } from '../e2e/workbench';
import { out } from '../scripts/lib/paths';

const folder = join(out, 'bench', 'bare-panel');

/** Measures how long a body takes from the service to the page of a panel. */
export interface BarePanel {
  /** Milliseconds from the command until the page has painted the beginning of the body, and has all of it. */
  readonly show: () => Promise<number>;
  readonly close: () => Promise<void>;
}

/**
 * Opens a window whose only extension does the least that shows the body at a URL: it requests it, and passes its bytes
 * on in one message to a page that is open, which draws 5,000 characters of it. What is above that is ours.
 */
export async function openBarePanel(url: string): Promise<BarePanel> {
  await writeExtension(url);
  const { workbench, close } = await openWorkbench({}, { extension: folder });
  await workbench.runCommand('Bare: Open');
  await new PanelPage(workbench).frame.locator('pre').waitFor({ state: 'attached' });
  return { show: () => show(workbench), close };
}

async function show(workbench: Workbench): Promise<number> {
  const panel = new PanelPage(workbench);
  await panel.evaluate('took = undefined');
  await workbench.runCommand('Bare: Show');
  await workbench.until('the text', async () => (await panel.evaluate('took')) !== 'undefined', 60_000);
  return Number(await panel.evaluate('took'));
}

async function writeExtension(url: string): Promise<void> {
  const commands = ['Open', 'Show'].map((title) => ({ command: `bare.${title}`, title, category: 'Bare' }));
  const manifest = {
    ...{ name: 'bare-panel', publisher: 'bench', version: '1.0.0', engines: { vscode: '^1.100.0' } },
    ...{ main: './extension.js', contributes: { commands } },
  };
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
  await writeFile(join(folder, 'extension.js'), getCode(url));
}

const PAGE = `<pre></pre><script>
  addEventListener('message', ({ data: { began, bytes } }) => {
    document.querySelector('pre').textContent = new TextDecoder().decode(bytes).slice(0, 5_000);
    requestAnimationFrame(() => setTimeout(() => { window.took = Date.now() - began; }));
  });
</script>`;

function getCode(url: string): string {
  return `
  const vscode = require('vscode');
  exports.activate = () => {
    let panel;
    vscode.commands.registerCommand('bare.Open', () => {
      panel = vscode.window.createWebviewPanel('bare', 'Bare', vscode.ViewColumn.One, { enableScripts: true });
      panel.webview.html = ${JSON.stringify(PAGE)};
    });
    vscode.commands.registerCommand('bare.Show', async () => {
      const began = Date.now();
      const bytes = await (await fetch(${JSON.stringify(url)})).arrayBuffer();
      await panel.webview.postMessage({ began, bytes });
    });
  };`;
}
