import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Priority } from '../../src/http/client';
import { HttpError } from '../../src/http/errors';
import { JsonSource } from '../../src/panel/jsonSource';

/** A source whose texts are answered one after the other. */
class Feed {
  reads = 0;
  priority: Priority | undefined;
  readonly begun: string[] = [];
  readonly json: JsonSource;
  #changed = (): void => undefined;

  constructor(...answers: readonly (string | HttpError)[]) {
    this.json = new JsonSource(
      (_signal, { priority, onBeginning }) => {
        this.priority = priority;
        onBeginning?.('begins');
        const answer = answers[this.reads++] ?? '';
        return typeof answer === 'string' ? Promise.resolve(answer) : Promise.reject(answer);
      },
      {
        changed: () => {
          this.#changed();
        },
        begins: (text) => this.begun.push(text),
      },
    );
  }

  /** Looks, and waits for what was read. */
  read(): Promise<void> {
    const done = new Promise<void>((resolve) => (this.#changed = resolve));
    this.json.look();
    return done;
  }
}

describe('the text of the tab JSON', () => {
  it('is read once, when somebody looks, and stays as it was written', async () => {
    const state = new Feed('{"b":1,"a":[10000000000000000000001]}');
    assert.deepEqual([state.json.model.kind, state.reads], ['loading', 0]);
    await state.read();
    state.json.look();
    assert.deepEqual(state.json.model, { kind: 'text' });
    assert.equal(state.json.text, '{"b":1,"a":[10000000000000000000001]}');
    assert.equal(state.reads, 1);
  });

  it('is read anew where what a list tells has changed', async () => {
    const state = new Feed('1', '2');
    state.json.follow({ status: 'running' });
    await state.read();
    state.json.follow({ status: 'running' });
    state.json.look();
    assert.equal(state.reads, 1);
    state.json.follow({ status: 'done' });
    await state.read();
    assert.deepEqual([state.json.text, state.priority], ['2', 'background']);
    state.json.forget();
    await state.read();
    assert.equal(state.priority, 'interactive');
  });

  it('stays when it cannot be read again, with the reason', async () => {
    const state = new Feed('1', new HttpError('server', 'Down.'), '3');
    await state.read();
    state.json.forget();
    await state.read();
    assert.ok(state.json.model.kind === 'text' && state.json.text === '1');
    assert.equal(state.json.model.problem?.why, 'Down.');
    state.json.forget();
    await state.read();
    assert.deepEqual([state.json.model, state.json.text], [{ kind: 'text' }, '3']);
  });

  it('shows how it begins until there is a text', async () => {
    const state = new Feed(new HttpError('network', 'Cut.'), '1', '2');
    await state.read();
    state.json.forget();
    await state.read();
    assert.deepEqual(state.begun, ['begins', 'begins']);
    state.json.forget();
    await state.read();
    assert.deepEqual([state.begun.length, state.json.text], [2, '2']);
  });

  it('says why it cannot be read at all', async () => {
    const state = new Feed(new HttpError('permission', 'No.'));
    await state.read();
    assert.equal(state.json.model.kind, 'failed');
  });
});
