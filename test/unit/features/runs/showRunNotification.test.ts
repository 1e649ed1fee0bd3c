import { editor } from '../../../support/vscode/vscode';
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { commands, settings, settingsSection } from '../../../../src/shared/contributions';
import { offerNotifications, showRunNotification } from '../../../../src/features/runs/showRunNotification';
import type { NotificationChoice } from '../../../../src/features/runs/runNotifier';
import { settle } from '../../../support/fakes/store';
import { createRun } from './work';

const { path } = createRun('r', 'ok');
const setting = `${settingsSection}.${settings.notifications}`;

/** Shows a notice and presses its buttons one after the other. @returns the messages, as kind and text. */
async function pressed(
  notice: Parameters<typeof showRunNotification>[0],
  choice: NotificationChoice,
  ...buttons: readonly string[]
): Promise<readonly string[]> {
  editor.reset();
  const shown = showRunNotification(notice, () => choice);
  for (const button of buttons) {
    await settle();
    editor.inputs.messages.at(-1)?.press(button);
  }
  await settle();
  editor.inputs.messages.at(-1)?.press();
  await shown;
  return editor.inputs.messages.map(({ kind, text }) => `${kind}: ${text}`);
}

describe('a notification of an end', () => {
  it('warns of failures, and leads to the run or to all runs', async () => {
    const ended = { text: 'It ended.', kind: 'successes' } as const;
    assert.deepEqual(await pressed({ ...ended, path }, 'all', 'Show Details'), ['information: It ended.']);
    assert.deepEqual(editor.executed, [[commands.showDetails, path]]);
    assert.deepEqual(await pressed({ ...ended, kind: 'failures' }, 'all', 'Show Runs'), [
      'warning: It ended.',
    ]);
    assert.deepEqual(
      editor.executed.map(([id]) => id),
      [commands.showRuns],
    );
    await pressed({ ...ended, path }, 'all');
    assert.deepEqual([editor.executed, editor.settings.size], [[], 0]);
  });

  it('mutes its kind, and undoes that', async () => {
    const mute = 'Turn Off These Notifications';
    const table = [
      ['failures', 'all', 'successes', 'failed'],
      ['successes', 'all', 'failures', 'successful'],
      ['failures', 'failures', 'none', 'failed'],
    ] as const;
    for (const [kind, before, after, word] of table) {
      const messages = await pressed({ text: 'It ended.', kind, path }, before, mute);
      assert.deepEqual(messages[1], `information: Notifications about ${word} runs are off.`);
      assert.deepEqual([editor.settings.get(setting), editor.executed], [after, []]);
      await pressed({ text: 'It ended.', kind, path }, before, mute, 'Undo');
      assert.equal(editor.settings.get(setting), before);
    }
  });
});

describe('a watch with notifications off', () => {
  it('says which, and turns all on', async () => {
    const table = [
      ['failures', 'Watching Shop. Notifications about successful runs are off.'],
      ['successes', 'Watching Shop. Notifications about failed runs are off.'],
      ['none', 'Watching Shop. Notifications about runs are off.'],
    ] as const;
    for (const [choice, text] of table) {
      for (const [button, chosen] of [
        ['Turn On Notifications', 'all'],
        [undefined, undefined],
      ] as const) {
        editor.reset();
        const offered = offerNotifications('Shop', choice);
        editor.inputs.messages[0]?.press(button);
        await offered;
        assert.deepEqual([editor.inputs.texts, editor.settings.get(setting)], [[text], chosen]);
      }
    }
  });
});
