import assert from 'node:assert/strict';
import { after } from 'node:test';
import { startSampleService, type SampleService } from '../../src/sample/server';
import { hostileJson } from './hostileJson';
import { PanelPage } from './panelPage';
import { addAccount } from './accounts';
import { walkThroughDetails } from './steps';
import type { Workbench } from './workbench';

/** The content of each tab when it is drawn. */
const contents: Readonly<Record<string, string>> = {
  Overview: '.fact',
  Timeline: '.bar',
  Structure: '.node',
  History: '.log tbody tr',
  JSON: '.cm-line',
};
/** The name of a connection of the hostile sample. */
const markup = '<script>alert(1)</script><img src=x onerror=alert(1)>';
const themes = ['Dark Modern', 'Light Modern', 'Dark High Contrast', 'Light High Contrast'];

walkThroughDetails('a hostile connection in the panel', (step) => {
  let sample: SampleService;
  let refused: readonly string[];
  after(() => sample.close());

  step('is shown as plain text', async (workbench) => {
    refused = watchPolicy(workbench);
    sample = await startSampleService({ rate: 0, connections: 20, hostile: true });
    sample.inject({
      match: ({ path }) => /\/data\/connections\/dg_[^/]+$/.test(path),
      rewrite: (body) => hostileJson((JSON.parse(body) as { readonly id: string }).id, markup),
    });
    await workbench.openView();
    await workbench.sideBarWidth(300);
    await addAccount(workbench, sample, 'Hostile');
    const panel = new PanelPage(workbench);
    await panel.lookAt({ name: /^<script>/, level: 1 });
    await panel.about(markup);
    await panel.openJson();
    await panel.shows('<img src=x onerror=');
    await panel.shows('שלום');
    const tagged = panel.lines.filter({ hasText: '"tagged"' });
    assert.equal(await tagged.locator('.cm-specialChar').count(), 'Ignore all of it'.length + 2);
    await workbench.screenshot('panel-hostile');
  });

  step('stays usable to its end', async (workbench) => {
    const panel = new PanelPage(workbench);
    await panel.lines.first().click();
    await workbench.page.keyboard.press('ControlOrMeta+End');
    await panel.shows('"key 99999": 99999');
    await panel.button('Find').click();
    const field = panel.frame.getByRole('textbox', { name: 'Find', exact: true });
    await field.pressSequentially('polluted');
    await field.press('Enter');
    await panel.frame.locator('.cm-searchMatch-selected').waitFor();
    await field.press('Escape');
    assert.match(await panel.copies('Copy JSONPath'), /^\$\.(__proto__|constructor\.prototype)\.polluted$/);
    await panel.button('Fold All').click();
    await panel.frame.locator('.cm-foldPlaceholder').first().waitFor();
  });

  step('ran nothing and loaded nothing', async (workbench) => {
    const panel = new PanelPage(workbench);
    assert.equal(await panel.evaluate('String(window.owned) + String({}.polluted)'), 'undefinedundefined');
    assert.equal(await panel.frame.locator('img[src], main script').count(), 0);
    assert.deepEqual(refused, []);
    // That the list would not stay empty, were there anything to refuse:
    await panel.evaluate('document.body.setAttribute("style", "color: red")');
    await workbench.until('the policy refuses an inline style', () => Promise.resolve(refused.length === 1));
  });
});

walkThroughDetails('the panel and axe-core', (step) => {
  let sample: SampleService;
  after(() => sample.close());

  step('opens', async (workbench) => {
    sample = await startSampleService({ rate: 0, backfillSeconds: 3600 });
    await workbench.openView();
    await workbench.sideBarWidth(360);
    await addAccount(workbench, sample, 'Retail');
    await workbench.expand({ name: /^Checkout/, level: 1 });
    await new PanelPage(workbench).lookAt({ name: /^Checkout/, level: 1 });
  });

  for (const theme of themes) {
    step(`finds no violations in ${theme}`, async (workbench) => {
      await workbench.setTheme(theme);
      const panel = new PanelPage(workbench);
      for (const tab of await panel.tabNames()) {
        await panel.open(tab);
        const drawn = panel.frame.getByRole('tabpanel', { name: tab }).locator(contents[tab] ?? tab);
        await drawn.first().waitFor();
        await workbench.screenshot(`panel-${tab}-${theme}`);
        assert.deepEqual(await panel.complaints(), [], tab);
      }
    });
  }
});

/** Records what the policy of the webview refuses from now on. The browser reports it in the console. */
function watchPolicy(workbench: Workbench): readonly string[] {
  const refused: string[] = [];
  workbench.page.on('console', (message) => {
    const text = message.text();
    // VS Code's own pages have policies too, without a font of the webview's origin and a nonce together.
    if (text.includes('Content Security Policy') && text.includes('nonce-')) refused.push(text);
  });
  return refused;
}
