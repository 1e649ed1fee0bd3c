import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { after } from 'node:test';
import { startSampleService, type SampleService } from '../../src/sample/server';
import { comes } from './comes';
import { filesWith } from './profile';
import { addAccount } from './accounts';
import { signInToImmutaAgain } from './signIn';
import { type Step, walkThrough } from './steps';
import type { Workbench } from './workbench';

const keys = { 'ctrl+alt+r': 'workbench.action.reloadWindow' };

walkThrough('documents of actions', walk, { keys });

function walk(step: Step): void {
  let sample: SampleService;
  let names: readonly string[];
  after(() => sample.close());

  const edited = (): readonly string[] =>
    sample.requests
      .filter(({ method, query }) => method === 'PATCH' && query.get('dryRun') !== 'true')
      .map(({ path }) => path.split('/').at(-1) ?? '');
  const unsaved = async (workbench: Workbench): Promise<number> =>
    workbench.page.locator('.tab.dirty').filter({ hasText: '.jsonc' }).count();

  /** Saves the document. A key that is pressed while the window still moves the focus is lost. */
  const compare = (workbench: Workbench): Promise<void> =>
    workbench.until('the comparison', async () => {
      await workbench.page.keyboard.press('Control+s');
      return await comes(workbench.sendButton.waitFor({ timeout: 8_000 }));
    });
  /** The files of the extension that hold a text. */
  const kept = async ({ profile }: Workbench, text: string): Promise<readonly string[]> =>
    (await filesWith(profile, text)).filter((file) => file.includes('globalStorage'));

  step('Save All asks about each document, and counts none as saved', async (workbench) => {
    sample = await startSampleService({ rate: 0 });
    await workbench.openView();
    await workbench.sideBarWidth(420);
    await addAccount(workbench, sample, 'Governance', 'immuta');
    const rows = workbench
      .rows({ name: /databricks/, level: 1 })
      .filter({ hasNotText: /inactive|unhealthy/ });
    await rows.nth(1).waitFor();
    names = (await rows.locator('.label-name').allInnerTexts()).slice(0, 2);
    const words = ['all-apis', 'databricks.pem'];
    for (const [at, name] of names.entries()) {
      await workbench.contextMenu({ name, level: 1 }, 'Edit as JSON');
      await workbench.page.locator('.tab.active').filter({ hasText: name }).waitFor();
      await workbench.replaceInEditor(words[at] ?? '', 'two-apis');
    }
    sample.clearRequests();
    await workbench.runCommand('File: Save All');
    for (const name of names)
      await workbench.tab(`Send changes to "${name}"? (Immuta, Governance)`).waitFor();
    assert.equal(await unsaved(workbench), 2);
    await workbench.screenshot('drafts-save-all');
    assert.deepEqual(edited(), []);
  });

  step('each is sent by its own answer, and is finished then', async (workbench) => {
    for (const left of [1, 0]) {
      await workbench.sendButton.click();
      await workbench.until('it is over', async () => (await unsaved(workbench)) === left);
    }
    assert.deepEqual([...edited()].toSorted(), [...names].toSorted());
    const tabs = workbench.page.locator('.tab').filter({ hasText: '.jsonc' });
    await workbench.until('its editor is closed', async () => (await tabs.count()) === 0);
    await workbench.dismiss();
  });

  step('text typed right before a reload is restored unsaved, and can be sent', async (workbench) => {
    const [name = ''] = names;
    await workbench.contextMenu({ name, level: 1 }, 'Edit as JSON');
    await workbench.tab(new RegExp(`^Edit ${name}`)).waitFor();
    await workbench.replaceInEditor('"scope": "', '"scope": "typed-late-');
    await workbench.until('it is kept', async () => (await kept(workbench, 'typed-late-')).length > 0);
    await Promise.all([workbench.page.waitForEvent('load'), workbench.page.keyboard.press('Control+Alt+r')]);
    await workbench.ready();
    await workbench.tab(new RegExp(`^Edit ${name}`)).waitFor();
    await workbench.until('the text is back', async () =>
      (await workbench.editorText()).includes('typed-late-'),
    );
    await workbench.until('it is unsaved', async () => (await unsaved(workbench)) === 1);
    await workbench.screenshot('drafts-reloaded');
    // The secrets of this VS Code end with the window.
    await signInToImmutaAgain(workbench, sample, 'Governance');
    await workbench.tab(new RegExp(`^Edit ${name}`)).click();
    sample.clearRequests();
    await compare(workbench);
    await workbench.sendButton.click();
    await workbench.until('it is over', async () => (await unsaved(workbench)) === 0);
    assert.deepEqual(edited(), [name]);
    await workbench.until(
      'nothing of it is kept',
      async () => (await kept(workbench, 'typed-late-')).length === 0,
    );
    await workbench.dismiss();
  });

  step('one without stored state is restored as a plain document', async (workbench) => {
    const [, name = ''] = names;
    await workbench.contextMenu({ name, level: 1 }, 'Edit as JSON');
    await workbench.tab(new RegExp(`^Edit ${name}`)).waitFor();
    await workbench.replaceInEditor('"scope": "', '"scope": "of-an-earlier-version-');
    await workbench.until('VS Code backs it up', async () =>
      (await filesWith(workbench.profile, 'of-an-earlier-version-')).some((file) => file.includes('Backups')),
    );
    await workbench.until(
      'it is kept',
      async () => (await kept(workbench, 'of-an-earlier-version-')).length > 0,
    );
    for (const file of await kept(workbench, 'of-an-earlier-version-')) await rm(file);
    await Promise.all([workbench.page.waitForEvent('load'), workbench.page.keyboard.press('Control+Alt+r')]);
    await workbench.ready();
    await workbench.tab(/Untitled/).waitFor();
    await workbench.tab(new RegExp(`^Edit ${name}`)).waitFor({ state: 'detached' });
    assert.match(await workbench.editorText(), /of-an-earlier-version-/);
    await workbench.screenshot('drafts-earlier-version');
  });
}
