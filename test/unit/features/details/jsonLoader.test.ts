import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Priority } from '../../../../src/core/http/types';
import { HttpError } from '../../../../src/core/http/errors';
import { JsonLoader } from '../../../../src/features/details/jsonLoader';
import { deferred, settle } from '../../../support/fakes/store';

/** A source whose texts are answered one after the other. */
class Feed {
  reads = 0;
  priority: Priority | undefined;
  readonly begun: string[] = [];
  readonly json: JsonLoader;
  #changed = (): void => undefined;

  constructor(...answers: readonly (string | HttpError)[]) {
    this.json = new JsonLoader(
      (_signal, { priority, onPart }) => {
        this.priority = priority;
        onPart?.('begins', true);
        const answer = answers[this.reads++] ?? '';
        return typeof answer === 'string' ? Promise.resolve(answer) : Promise.reject(answer);
      },
      {
        changed: () => {
          this.#changed();
        },
        received: (text) => this.begun.push(text),
      },
    );
  }

  /** Requests the text, and waits until it is loaded. */
  read(): Promise<void> {
    const done = new Promise<void>((resolve) => (this.#changed = resolve));
    this.json.ensureLoaded();
    return done;
  }
}

describe('the text of the tab JSON', () => {
  it('is loaded once, on first display, and stays verbatim', async () => {
    const state = new Feed('{"b":1,"a":[10000000000000000000001]}');
    assert.deepEqual([state.json.model.kind, state.reads], ['loading', 0]);
    await state.read();
    state.json.ensureLoaded();
    assert.deepEqual(state.json.model, { kind: 'text' });
    assert.equal(state.json.text, '{"b":1,"a":[10000000000000000000001]}');
    assert.equal(state.reads, 1);
  });

  it('is reloaded if the item of the list has changed', async () => {
    const state = new Feed('1', '2');
    state.json.setListed({ status: 'running' });
    await state.read();
    state.json.setListed({ status: 'running' });
    state.json.ensureLoaded();
    assert.equal(state.reads, 1);
    state.json.setListed({ status: 'done' });
    await state.read();
    assert.deepEqual([state.json.text, state.priority], ['2', 'background']);
    state.json.invalidate();
    await state.read();
    assert.equal(state.priority, 'interactive');
  });

  it('stays if it cannot be reloaded, with the reason', async () => {
    const state = new Feed('1', new HttpError('server', 'Down.'), '3');
    await state.read();
    state.json.invalidate();
    await state.read();
    assert.ok(state.json.model.kind === 'text' && state.json.text === '1');
    assert.equal(state.json.model.problem?.why, 'Down.');
    state.json.invalidate();
    await state.read();
    assert.deepEqual([state.json.model, state.json.text], [{ kind: 'text' }, '3']);
  });

  it('shows its first chunk until it is complete', async () => {
    const state = new Feed(new HttpError('network', 'Cut.'), '1', '2');
    await state.read();
    state.json.invalidate();
    await state.read();
    assert.deepEqual(state.begun, ['begins', 'begins']);
    state.json.invalidate();
    await state.read();
    assert.deepEqual([state.begun.length, state.json.text], [2, '2']);
  });

  it('says why it cannot be loaded at all', async () => {
    const state = new Feed(new HttpError('permission', 'No.'));
    await state.read();
    assert.equal(state.json.model.kind, 'failed');
  });

  it('is loaded at once if it is unknown, and in the background if it is known', async () => {
    const state = new Feed('1', '2');
    state.json.setListed({ status: 'a' });
    state.json.setListed({ status: 'b' });
    await state.read();
    assert.equal(state.priority, 'interactive');
    state.json.setListed(undefined);
    state.json.setListed({ status: 'c' });
    state.json.ensureLoaded();
    assert.equal(state.reads, 1, 'nobody knows whether it changed');
    const failed = new Feed(new HttpError('server', 'Down.'), '2');
    failed.json.setListed({ status: 'a' });
    await failed.read();
    failed.json.setListed({ status: 'b' });
    await failed.read();
    assert.deepEqual([failed.priority, failed.json.text], ['interactive', '2']);
  });

  it('ignores a load that was replaced or ended', async () => {
    const answers = [deferred<string>(), deferred<string>(), deferred<string>()];
    const signals: AbortSignal[] = [];
    const beginnings: (() => void)[] = [];
    const seen = { changes: 0, begun: 0 };
    const json = new JsonLoader(
      (signal, { onPart }) => {
        signals.push(signal);
        beginnings.push(() => onPart?.('begins', true));
        return answers[signals.length - 1]?.promise ?? Promise.resolve('');
      },
      { changed: () => seen.changes++, received: () => seen.begun++ },
    );
    json.ensureLoaded();
    json.invalidate();
    json.ensureLoaded();
    assert.deepEqual(
      signals.map(({ aborted }) => aborted),
      [true, false],
    );
    beginnings[0]?.();
    answers[0]?.resolve('old');
    await settle();
    assert.deepEqual([seen, json.text], [{ changes: 0, begun: 0 }, undefined]);
    beginnings[1]?.();
    answers[1]?.resolve('new');
    await settle();
    assert.deepEqual([seen, json.text], [{ changes: 1, begun: 1 }, 'new']);
    json.invalidate();
    json.ensureLoaded();
    json.dispose();
    assert.equal(signals[2]?.aborted, true);
    answers[2]?.reject(new HttpError('network', 'Closed.'));
    await settle();
    assert.deepEqual([seen.changes, json.model], [1, { kind: 'text' }]);
  });

  it('is silent about a load that its owner canceled', async () => {
    let changes = 0;
    const gaveUp = (): Promise<string> => Promise.reject(new DOMException('given up', 'AbortError'));
    const json = new JsonLoader(gaveUp, { changed: () => changes++, received: () => undefined });
    json.ensureLoaded();
    await settle();
    assert.deepEqual([changes, json.model], [0, { kind: 'loading' }]);
  });
});
