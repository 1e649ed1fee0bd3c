import { editor } from '../../support/vscode/vscode';
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { showInformation, withProgress } from '../../../src/ui/messages';
import { views } from '../../../src/shared/contributions';
import { showQuickPick } from '../../../src/ui/quickInput';

/** Both tests are the same: the second would see what the first one showed. */
describe('the editor of unit tests', () => {
  for (const time of ['first', 'second']) {
    it(`shows nothing of other tests when the ${time} one starts`, async () => {
      const { messages, progress, offered, choices } = editor.inputs;
      const seen = [messages, progress, offered, choices, editor.executed, [...editor.contexts]];
      assert.deepEqual(
        seen.map(({ length }) => length),
        seen.map(() => 0),
      );
      editor.inputs.choices.push('One', 'nothing asks for it');
      void showInformation('Text');
      await withProgress({ location: { viewId: views.runs } }, () => Promise.resolve());
      await showQuickPick([{ label: 'One' }], { title: 'Title', placeHolder: 'Choose' });
      assert.deepEqual([editor.inputs.texts, editor.inputs.offered.length], [['Text'], 1]);
    });
  }
});
