import assert from 'node:assert/strict';
import { after } from 'node:test';
import { startSampleService, type SampleService } from '../../src/sample/server';
import { addAccount } from './accounts';
import { walkThrough } from './steps';
import type { Workbench } from './workbench';

const MARK = 'Connections: Mark as Production';
const UNMARK = 'Connections: Remove Production Mark…';

walkThrough('the production mark of an account', (step) => {
  let sample: SampleService;
  after(() => sample.close());

  /** Waits for the question that is asked before the mark goes. */
  const question = async (workbench: Workbench): Promise<void> => {
    await workbench.quickInput.filter({ hasText: 'Remove the Production Mark of "Events"' }).waitFor();
  };

  step('is set without a question', async (workbench) => {
    sample = await startSampleService({ rate: 0 });
    await workbench.openView();
    await addAccount(workbench, sample, 'Events', 'krenalis');
    await workbench.runCommand(UNMARK);
    await workbench.notification('No account is marked as production.');
    await workbench.dismiss();
    await workbench.runCommand(MARK, 'Events');
    await workbench.title('Events (Production)').waitFor();
  });

  step('stays if another name is typed, and if the question is closed', async (workbench) => {
    await workbench.runCommand(UNMARK, 'Events');
    await question(workbench);
    await workbench.input.fill('Event');
    await workbench.page.keyboard.press('Enter');
    await workbench.quickInput.getByText('The name does not match: Events').waitFor();
    await workbench.screenshot('production-wrong-name');
    await workbench.page.keyboard.press('Escape');
    await workbench.quickInput.waitFor({ state: 'hidden' });
    await workbench.title('Events (Production)').waitFor();
  });

  step('is just as hard to remove by editing the account', async (workbench) => {
    await editToTheEnd(workbench);
    await workbench.pick('Production');
    await question(workbench);
    await workbench.quickInput.getByRole('button', { name: 'Back' }).click();
    await production(workbench, 'Yes');
    await workbench.pick('Verify and Save');
    await workbench.quickInput.waitFor({ state: 'hidden' });
    await workbench.title('Events (Production)').waitFor();
  });

  step('is removed by typing the name when the account is edited', async (workbench) => {
    await editToTheEnd(workbench);
    await workbench.pick('Production');
    await question(workbench);
    await workbench.type('Events');
    await production(workbench, 'No');
    await workbench.pick('Verify and Save');
    await workbench.title('Events').waitFor();
  });

  step('is removed by typing the name when the command is called', async (workbench) => {
    await workbench.runCommand(MARK, 'Events');
    await workbench.title('Events (Production)').waitFor();
    await workbench.runCommand(UNMARK, 'Events');
    await question(workbench);
    await workbench.type('Events');
    await workbench.title('Events').waitFor();
  });

  step(
    'has a command for each state of several accounts, which lists the matching ones',
    async (workbench) => {
      await addAccount(workbench, sample, 'Customers', 'krenalis');
      await workbench.contextMenu({ name: 'Customers', level: 1 }, 'Mark as Production');
      await workbench.rows({ name: 'Customers', level: 1 }).filter({ hasText: 'Production' }).waitFor();
      await workbench.runCommand(MARK);
      await workbench.quickInput.getByRole('option', { name: 'Events' }).waitFor();
      assert.equal(await workbench.quickInput.getByRole('option', { name: 'Customers' }).count(), 0);
      await workbench.page.keyboard.press('Escape');
      await workbench.contextMenu({ name: 'Customers', level: 1 }, 'Remove Production Mark…');
      await workbench.type('Customers');
      await workbench
        .rows({ name: 'Customers', level: 1 })
        .filter({ hasText: 'Production' })
        .waitFor({ state: 'detached' });
    },
  );
});

/** Edits the account up to the last question, every answer as it is. */
async function editToTheEnd(workbench: Workbench): Promise<void> {
  await workbench.runCommand('Connections: Edit Account…', 'Events');
  for (const question of ['– Address', '– API key']) {
    await workbench.quickInput.filter({ hasText: question }).waitFor();
    await workbench.page.keyboard.press('Enter');
  }
  await workbench.quickInput.filter({ hasText: 'Workspace ID' }).waitFor();
  await workbench.choose('Sample workspace');
  await workbench.type('Events', 'name of the account');
  await workbench.quickInput.filter({ hasText: 'Verify and Save' }).waitFor();
}

/** Waits until the last question says whether the account is marked. */
async function production(workbench: Workbench, answer: 'Yes' | 'No'): Promise<void> {
  await workbench.quickInput
    .getByRole('option')
    .filter({ hasText: `Production${answer}` })
    .waitFor();
}
