import { after } from 'node:test';
import type { Locator } from 'playwright-core';
import { startSampleService, type SampleService } from '../../src/sample/server';
import { addAccount } from './accounts';
import { walkThrough } from './steps';
import type { Workbench } from './workbench';

const FILTER = 'Connections: Filter…';

function entry(workbench: Workbench, text: string | RegExp): Locator {
  return workbench.quickInput.getByRole('option').filter({ hasText: text });
}

async function filtered(workbench: Workbench, text: string): Promise<void> {
  await workbench.message.filter({ hasText: `match "${text}` }).waitFor();
}

walkThrough('the filter by keyboard and by mouse', (step) => {
  let sample: SampleService;
  after(() => sample.close());

  step('finds what rows show, by any word', async (workbench) => {
    sample = await startSampleService({ rate: 0, connections: 40 });
    await workbench.openView();
    await workbench.sideBarWidth(560);
    await addAccount(workbench, sample, 'Retail');
    await workbench.row({ name: /^Checkout/, level: 1 });
    for (const word of ['failed', '"in progress"']) {
      await workbench.runCommand(FILTER);
      await workbench.type(word, 'Filter Connections');
      await filtered(workbench, word);
      await workbench.until('rows that say so', async () => {
        const rows = await workbench.rowTexts(1);
        return rows.length > 0 && rows.every((text) => text.includes(word.replaceAll('"', '')));
      });
    }
  });

  step('completes a key and a value by keyboard only, and Enter applies it', async (workbench) => {
    const { keyboard } = workbench.page;
    await workbench.runCommand(FILTER);
    await workbench.input.fill('stat');
    await entry(workbench, /^stat.*of 40/).waitFor();
    await entry(workbench, /^status:/).waitFor();
    await keyboard.press('ArrowDown');
    await keyboard.press('Enter');
    await workbench.until('the key', async () => (await workbench.input.inputValue()) === 'status:');
    await entry(workbench, /^status:failed/).waitFor();
    await workbench.screenshot('filter - completions');
    await workbench.input.pressSequentially('fa');
    await entry(workbench, /^status:fa.*of 40/).waitFor();
    await keyboard.press('ArrowDown');
    await keyboard.press('Enter');
    await workbench.until('the value', async () => (await workbench.input.inputValue()) === 'status:failed ');
    await keyboard.press('Enter');
    await workbench.quickInput.waitFor({ state: 'hidden' });
    await filtered(workbench, 'status:failed');
  });

  step('completes by mouse, and puts a value with a space in quotes', async (workbench) => {
    await workbench.titleBox('Filter', 'owner:');
    await entry(workbench, /^owner:"/)
      .first()
      .click();
    await workbench.until('the owner', async () =>
      /^owner:"[^"]+" $/.test(await workbench.input.inputValue()),
    );
    await workbench.page.keyboard.press('Escape');
    await filtered(workbench, 'status:failed');
  });

  step('reports an unknown key', async (workbench) => {
    await workbench.titleBox('Filter', 'ownr:ann');
    await entry(workbench, 'Unknown key "ownr"').waitFor();
    await workbench.screenshot('filter - hint');
    await workbench.input.fill('owner:nobody');
    await entry(workbench, 'No loaded connection has the owner "nobody"').waitFor();
    await workbench.page.keyboard.press('Enter');
    await workbench.quickInput.waitFor({ state: 'hidden' });
  });

  step('shows a row if nothing matches, whose button clears it', async (workbench) => {
    const none = await workbench.row({ name: 'No matches', level: 1 });
    await workbench.message.filter({ hasText: /^0 of 40 connections/ }).waitFor();
    await none.hover();
    await workbench.screenshot('filter - no matches');
    await none.getByRole('button', { name: 'Clear Filter' }).click();
    await workbench.row({ name: /^Checkout/, level: 1 });
    await workbench.message.waitFor({ state: 'hidden' });
  });

  step('is cleared by Enter on that row', async (workbench) => {
    await workbench.runCommand(FILTER);
    await workbench.type('nothing has this name', 'Filter Connections');
    await (await workbench.row({ name: 'No matches', level: 1 })).waitFor();
    await workbench.page.keyboard.press('ControlOrMeta+0');
    await workbench.page.keyboard.press('Home');
    await workbench.page.keyboard.press('Enter');
    await workbench.row({ name: /^Checkout/, level: 1 });
  });

  step('works for every service', async (workbench) => {
    const keys = {
      krenalis: 'connector',
      immuta: 'technology',
      datadog: 'type',
    } as const;
    for (const [service, key] of Object.entries(keys)) {
      await addAccount(workbench, sample, service, service);
      await workbench.expand({ name: service, level: 1 });
      if (service === 'datadog') await workbench.expand({ name: 'users', level: 2 });
      await workbench.row({ name: /./, level: service === 'datadog' ? 3 : 2 });
      await workbench.runCommand(FILTER);
      await workbench.input.fill(`${key}:`);
      // The first one is the filter as it is.
      await entry(workbench, `${key}:`).nth(1).click();
      const isCompleted = new RegExp(`^${key}:.+ $`);
      await workbench.until('the value', async () => isCompleted.test(await workbench.input.inputValue()));
      await workbench.page.keyboard.press('Enter');
      await workbench.quickInput.waitFor({ state: 'hidden' });
      const some = new RegExp(`^[1-9]\\d* of \\d+ connections match "${key}:`);
      await workbench.message.filter({ hasText: some }).waitFor();
      await workbench.screenshot(`filter - ${service}`);
      await workbench.titleButton('Connections', 'Clear Filter');
      await workbench.message.waitFor({ state: 'hidden' });
      await workbench.titleButton('Connections', 'Collapse');
    }
  });
});
