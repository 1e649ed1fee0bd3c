import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as v from 'valibot';
import { FromWebview, PageState, ToWebview } from '../../../src/shared/protocol';

describe('messages', () => {
  const path = 'account:a/connection:c';

  it('from the webview are parsed as they are meant', () => {
    for (const message of [
      { type: 'ready' },
      { type: 'selectTab', tab: 'json', path },
      { type: 'runCommand', command: 'refresh', path },
      { type: 'runAction', action: 'delete', path },
      { type: 'copy', text: 'x'.repeat(1_000_000), path },
      { type: 'copyLine', text: 'dg_1', path },
      { type: 'identify', ids: ['a', 'b'], path },
      { type: 'revealId', id: 'a', path },
    ])
      assert.deepEqual(v.parse(FromWebview, message), message);
  });

  it('of any other shape are rejected', () => {
    for (const message of [
      undefined,
      'ready',
      [],
      {},
      { type: 'command', command: 'workbench.action.quit' },
      { type: 'runCommand', command: 'delete', path },
      { type: 'runCommand', command: 'refresh' },
      { type: 'runCommand', command: '__proto__', path },
      { type: 'runAction', action: 'x'.repeat(301), path },
      { type: 'identify', ids: [1], path },
      { type: 'identify', ids: Array<string>(2001).fill('x'), path },
    ])
      assert.equal(v.is(FromWebview, message), false, JSON.stringify(message));
  });

  it('to the webview are validated too', () => {
    assert.ok(v.is(ToWebview, { type: 'json', json: { kind: 'text' } }));
    const part = {
      ...{ type: 'jsonChunk', bytes: new Uint8Array(2), compressed: false },
      ...{ first: true, last: true },
    };
    assert.ok(v.is(ToWebview, part));
    for (const message of [
      { type: 'json', json: { kind: 'failed' } },
      { ...part, bytes: '{}' },
      { ...part, compressed: undefined },
      { type: 'header', header: {} },
      { type: 'init', path, pinned: true, language: 'en', texts: { a: 1 } },
      { type: 'eval', code: '1' },
    ])
      assert.equal(v.is(ToWebview, message), false, message.type);
  });

  it('store nothing of the webview but its position', () => {
    assert.deepEqual(v.parse(PageState, { path }), { path }, 'as an earlier version kept it');
    const state = v.parse(PageState, { path, tab: 'json', scroll: { json: 12 }, json: { secret: true } });
    assert.deepEqual(state, { path, tab: 'json', scroll: { json: 12 } });
  });
});
