import assert from 'node:assert/strict';
import { after } from 'node:test';
import { startSampleService, type SampleService } from '../../src/sample/server';
import { advice, Gallery } from './pictures/gallery';
import { NOW_MS } from './pageModels';
import { addKnownFont, KNOWN_FONT } from './knownFont';
import { addAccount } from './accounts';
import { walkThrough } from './steps';
import { themes, themeTitles, type Theme } from './themedPage';
import type { Workbench } from './workbench';

/** What VS Code calls the themes in its own classes. */
const classes: Readonly<Record<Theme, string>> = {
  dark: 'vs-dark',
  light: 'vs',
  'hc-dark': 'hc-black',
  'hc-light': 'hc-light',
};

walkThrough('The views look as approved', (step) => {
  const gallery = new Gallery('tree');
  let sample: SampleService;
  after(() => sample.close());

  step('before an account is added', async (workbench) => {
    await workbench.openView();
    await workbench.sideBarWidth(420);
    await addKnownFont(workbench.page);
    await workbench.page.addStyleTag({
      content: `.monaco-workbench, .monaco-workbench .part { font-family: '${KNOWN_FONT}' !important }`,
    });
    await workbench.welcome('Explore Sample Data').waitFor();
    await look(workbench, gallery, 'welcome');
  });

  step('with rows in every state, and runs', async (workbench) => {
    const options = { connections: 6, datasets: 3, backfillSeconds: 3600 };
    sample = await startSampleService({ rate: 0, now: () => NOW_MS, ...options });
    await addAccount(workbench, sample, 'Retail');
    await addAccount(workbench, sample, 'Acme', 'immuta');
    await workbench.expand({ name: 'Acme', level: 1 });
    await workbench.row({ name: /./, level: 2 });
    await workbench.expand({ name: 'Retail', level: 1 });
    await workbench.expand({ name: /^Checkout/, level: 2 });
    await workbench.expand({ name: /^App events/, level: 3 });
    await workbench.row({ name: 'All data', level: 4 });
    sample.inject({ match: { path: /backfills$/ }, status: 500, body: {} });
    await workbench.expand({ name: /^Web events/, level: 3 });
    await workbench.rows().filter({ hasText: 'HTTP 500' }).waitFor();
    await look(workbench, gallery, 'rows');
  });

  step('every approved picture belongs to an existing state', () => {
    assert.deepEqual(gallery.leftOver(), []);
    return Promise.resolve();
  });
});

async function look(workbench: Workbench, gallery: Gallery, name: string): Promise<void> {
  const differences: string[] = [];
  for (const theme of themes) {
    await workbench.setTheme(themeTitles[theme]);
    await workbench.page.locator(`.monaco-workbench.${classes[theme]}`).waitFor();
    // A row is drawn otherwise while the focus or the pointer is there.
    await workbench.page.mouse.click(900, 500);
    const picture = await workbench.page.locator('.part.sidebar').screenshot({ animations: 'disabled' });
    const difference = gallery.look(`${name}-${theme}`, picture);
    if (difference !== undefined) differences.push(difference);
  }
  assert.ok(differences.length === 0, advice(differences));
}
