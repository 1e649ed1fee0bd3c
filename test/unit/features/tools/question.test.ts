import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { toQuestion } from '../../../../src/features/tools/question';
import { tools } from '../../../../src/shared/contributions';

describe('the question before a tool runs', () => {
  it('says of every tool what it does, that it changes nothing, and who gets what', () => {
    const questions = tools.map((name) => toQuestion(name, { id: 'dg_1' }));
    for (const { title, message, doing } of questions) {
      assert.match(title, /^[A-Z].+\?$/);
      assert.match(doing, /^[A-Z][a-z]+ing /);
      assert.match(message, /makes no changes\. Names, IDs and status are passed to the language model/);
      assert.match(message, /dg&#95;1|dg_1/);
    }
    assert.equal(new Set(questions.map(({ title }) => title)).size, tools.length);
  });

  it('shows what the model wrote as plain text, and no more of it than can be read', () => {
    const { message } = toQuestion('connectionsExplorer_findId', {
      id: '[yes](command:evil)<b>\n# head$(zap)',
    });
    assert.doesNotMatch(message, /\]\(|<b>|\n|\$\(zap\)/);
    const { message: long } = toQuestion('connectionsExplorer_findId', { id: 'x'.repeat(10_000) });
    assert.ok(long.replaceAll(/&#\d+;/g, '.').length < 500, String(long.length));
  });
});
