/**
 * Takes pictures of quick picks and input boxes, and of the tree by width, in every theme, for visual review:
 * out/screenshots/picker-NAME-THEME.png.
 *
 *   node out/scripts/pickerPictures.js
 */
import { join } from 'node:path';
import { startSampleService, type SampleService } from '../../src/sample/server';
import { addAccount, setThemeBehind } from '../e2e/accounts';
import { openWorkbench } from '../e2e/openWorkbench';
import { ADD_ACCOUNT } from '../e2e/signIn';
import { type Theme, themes } from '../e2e/themedPage';
import type { RowQuery, Workbench } from '../e2e/workbench';
import { screenshots } from './lib/paths';
import { program } from './lib/program';

/** The values of the setting `workbench.colorTheme`, and what VS Code's class of each holds. */
const themeSettings: Readonly<Record<Theme, readonly [id: string, className: string]>> = {
  dark: ['Dark Modern', 'dark_modern'],
  light: ['Light Modern', 'light_modern'],
  'hc-dark': ['Default High Contrast', 'hc_black'],
  'hc-light': ['Default High Contrast Light', 'hc_light'],
};

const connection: RowQuery = { name: /^Checkout/, level: 2 };

program(async () => {
  const sample = await startSampleService({
    rate: 0,
    connections: 8,
    datasets: 2,
    immuta: { runSeconds: 3600 },
  });
  const { workbench, close } = await openWorkbench();
  try {
    await workbench.page.setViewportSize({ width: 1000, height: 560 });
    await workbench.openView();
    await workbench.sideBarWidth(320);
    await addAccountSteps(workbench, sample);
    await addAccount(workbench, sample, 'Retail');
    await addAccount(workbench, sample, 'Governance', 'immuta');
    await workbench.expand({ name: 'Retail', level: 1 });
    await workbench.row(connection);
    await widths(workbench);
    await pickers(workbench);
    await typedName(workbench, sample);
    return 0;
  } catch (error) {
    await workbench.screenshot('picker-failed');
    throw error;
  } finally {
    await close();
    await sample.close();
  }
}, 500_000);

async function addAccountSteps(workbench: Workbench, sample: SampleService): Promise<void> {
  const { settings, secrets } = sample.credentials('cja');
  const { keyboard } = workbench.page;
  await workbench.runCommand(ADD_ACCOUNT);
  await workbench.quickInput.getByRole('option').nth(3).waitFor();
  await inEveryTheme(workbench, 'add-1-service');
  await workbench.choose('Adobe Customer Journey Analytics');
  await workbench.quickInput.getByRole('option').nth(1).waitFor();
  await inEveryTheme(workbench, 'add-2-method');
  await workbench.choose('OAuth Server-to-Server');
  await workbench.type(settings.clientId, 'Client ID');
  await workbench.quickInput.filter({ hasText: 'Client secret' }).waitFor();
  await inEveryTheme(workbench, 'add-3-secret');
  await workbench.type(secrets.clientSecret, 'Client secret');
  await workbench.quickInput.filter({ hasText: 'Organization ID' }).waitFor();
  await workbench.input.fill('not an organization');
  await keyboard.press('Enter');
  await inEveryTheme(workbench, 'add-4-wrong');
  await workbench.type(settings.orgId, 'Organization ID');
  await workbench.type('openid', 'Scopes');
  await workbench.type('Shop', 'name of the account');
  await workbench.quickInput.filter({ hasText: 'Sign In' }).waitFor();
  await inEveryTheme(workbench, 'add-5-finish');
  await workbench.dismiss();
}

/** The tree in side bars of these widths. */
async function widths(workbench: Workbench): Promise<void> {
  await workbench.expand(connection);
  for (const width of [170, 300, 600]) {
    await workbench.sideBarWidth(width);
    await inEveryTheme(workbench, `tree-${width}`);
  }
  await workbench.sideBarWidth(320);
  await workbench.collapse(connection);
}

async function pickers(workbench: Workbench): Promise<void> {
  const { keyboard } = workbench.page;
  for (const [name, command] of [
    ['goto', 'Connections: Go to Connection…'],
    ['copy-id', 'Connections: Copy ID'],
    ['compare', 'Connections: Compare…'],
    ['edit-account', 'Connections: Edit Account…'],
    ['overview', 'Connections: Show Account Overview'],
    ['glossary', 'Connections: Show Glossary…'],
    ['sample', 'Connections: Explore Sample Data'],
  ] as const) {
    await workbench.leaveRows();
    await workbench.runCommand(command);
    await workbench.quickInput.getByRole('option').nth(1).waitFor();
    await inEveryTheme(workbench, name);
    await workbench.dismiss();
  }
  await workbench.titleBox('Filter', 'status:');
  await workbench.quickInput.getByRole('option').nth(2).waitFor();
  await inEveryTheme(workbench, 'filter');
  await workbench.dismiss();
  await workbench.leaveRows();
  await workbench.runCommand('Connections: Refresh Backfill Status');
  await workbench.notification(/Retail/);
  await inEveryTheme(workbench, 'refreshed');
  const show = workbench.messages(/failures|changed/).getByRole('button', { name: 'Show', exact: true });
  if (await show.isVisible()) {
    // By key: the hover of what the mouse is over may cover it.
    await show.press('Enter');
    await workbench.quickInput.getByRole('option').first().waitFor();
    await inEveryTheme(workbench, 'refresh-show');
  }
  await keyboard.press('Escape');
  await workbench.dismiss();
}

/** The name that is typed before something is deleted. */
async function typedName(workbench: Workbench, sample: SampleService): Promise<void> {
  await workbench.collapse({ name: 'Retail', level: 1 });
  await workbench.expand({ name: 'Governance', level: 1 });
  const name = await workbench.getName({ name: /snowflake/, level: 2 });
  sample.immuta.setState(name, 'INACTIVE');
  await workbench.titleButton('Connections', 'Refresh');
  await workbench.rows({ name, level: 2 }).filter({ hasText: 'INACTIVE' }).waitFor();
  await workbench.contextMenu({ name, level: 2 }, 'Delete…');
  await workbench.quickInput.filter({ hasText: name }).waitFor();
  await workbench.input.fill('another');
  await inEveryTheme(workbench, 'delete');
}

async function inEveryTheme(workbench: Workbench, name: string): Promise<void> {
  for (const theme of themes) {
    const [id, className] = themeSettings[theme];
    await setThemeBehind(workbench, id);
    const isSet = workbench.page.locator(`.monaco-workbench[class*="${className}"]`);
    await isSet.first().waitFor();
    await workbench.page.screenshot({ path: join(screenshots, `picker-${name}-${theme}.png`) });
  }
}
