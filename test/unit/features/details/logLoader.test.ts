import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as v from 'valibot';
import { HttpError } from '../../../../src/core/http/errors';
import type { CallOptions } from '../../../../src/core/http/types';
import type { LogEntry, LogPage } from '../../../../src/core/services/contract/detailViews';
import type { Cursor } from '../../../../src/core/services/contract/page';
import type { Session } from '../../../../src/core/services/contract/service';
import { LogLoader } from '../../../../src/features/details/logLoader';
import { TabModels } from '../../../../src/features/details/tabModels';
import type { LogModel } from '../../../../src/shared/models';
import { ToWebview } from '../../../../src/shared/protocol';
import { account, resource, settle } from '../../../support/fakes/store';
import { Served } from '../../../support/served';

const connection = resource(account, 'connection', 'c');

function entry(id: string, at?: string, text = id): LogEntry {
  return { id, ...(at !== undefined && { at }), cells: [at ?? '', text] };
}

function page(entries: readonly LogEntry[], others: Partial<LogPage> = {}): LogPage {
  return { entries, received: entries.length, ...others };
}

const next = 'next' as Cursor;

/** A service with a history, and a panel that shows it. */
class Panel {
  answer: (cursor: Cursor | undefined) => Promise<LogPage> = () =>
    Promise.resolve(page([entry('e1', '2026-10-01')]));
  readonly calls: (CallOptions & { readonly cursor: Cursor | undefined })[] = [];
  changes = 0;
  readonly loader = new LogLoader('history', () => this.changes++);
  session = this.newSession();

  newSession(): Session {
    const logs: Session['logs'] = {
      history: {
        columns: [
          { label: 'Time', kind: 'date' },
          { label: 'Description', kind: 'text' },
        ],
        appliesTo: ({ kind }) => kind === 'connection',
        emptyText: () => 'Nothing happened.',
        read: (_, cursor, call) => {
          this.calls.push({ ...call, cursor });
          return this.answer(cursor);
        },
      },
    };
    return { logs } as unknown as Session;
  }

  get model(): LogModel {
    return this.loader.model(this.session, connection) ?? assert.fail('a model');
  }

  get ids(): readonly string[] {
    return this.model.entries.map(({ id }) => id);
  }

  /** Shows the tab. */
  look(): void {
    this.loader.model(this.session, connection);
  }

  /** The model, once what it asks for has arrived. */
  async settled(): Promise<LogModel> {
    this.look();
    await settle();
    return this.model;
  }
}

describe('a log in a panel', () => {
  it('is read once, when it is asked for, and told as plain text', async () => {
    const panel = new Panel();
    panel.answer = () => Promise.resolve(page([entry('e1', '2026-10-01', 'no\u202E <b>')]));
    assert.deepEqual([panel.calls.length, panel.model.loading, panel.calls.length], [0, true, 1]);
    const model = await panel.settled();
    assert.deepEqual(model.entries, [{ id: 'e1', cells: ['2026-10-01', 'no <b>'] }]);
    assert.deepEqual([model.loading, model.more, model.note, panel.changes], [false, false, undefined, 1]);
    assert.deepEqual([panel.calls.length, panel.calls[0]?.priority], [1, 'interactive']);
    assert.equal(panel.loader.model(panel.session, resource(account, 'dataset', 'd')), undefined);
    assert.equal(v.safeParse(ToWebview, { type: 'history', model }).issues, undefined);
  });

  it('begins with its newest entries, and ends with those without a date', async () => {
    const panel = new Panel();
    const entries = [entry('x'), entry('old', '2025-01-01'), entry('new', '2026-01-01T00:00:00+02:00')];
    panel.answer = () => Promise.resolve(page(entries));
    await panel.settled();
    assert.deepEqual(panel.ids, ['new', 'old', 'x']);
  });

  it('goes on by Load More, and has an entry once although pages overlap', async () => {
    const panel = new Panel();
    panel.answer = (cursor) =>
      Promise.resolve(
        cursor === undefined
          ? page([entry('a', '2026-03-01'), entry('b', '2026-02-01')], { next, total: 4 })
          : page([entry('b', '2026-02-01'), entry('c', '2026-01-01')], { total: 4 }),
      );
    assert.equal((await panel.settled()).more, true);
    panel.loader.load(false);
    panel.loader.load(false);
    assert.equal(panel.model.loading, true);
    const { more, note } = await panel.settled();
    assert.deepEqual([panel.ids, more, note], [['a', 'b', 'c'], false, undefined]);
    assert.deepEqual(
      panel.calls.map(({ cursor }) => cursor),
      [undefined, next],
    );
  });

  it('says what is missing', async () => {
    const panel = new Panel();
    panel.answer = () => Promise.resolve(page([entry('a')], { received: 3, total: 9 }));
    const { note } = await panel.settled();
    assert.match(note ?? '', /^2 entries cannot be read or are about something else\./);
    assert.match(note ?? '', /announced 9 items but sent 3\.$/);
  });

  it('says why it could not be read, and is read by Retry', async () => {
    const panel = new Panel();
    panel.answer = () => Promise.reject(new HttpError('permission', 'Not\nallowed', { advice: 'Ask.' }));
    const { loading, more, problem } = await panel.settled();
    assert.deepEqual([loading, more], [false, false]);
    assert.equal(problem, 'Access denied. Not allowed. Ask.');
    panel.answer = () => Promise.resolve(page([]));
    panel.loader.load(false);
    const model = await panel.settled();
    assert.deepEqual([model.problem, model.empty, panel.calls.length], [undefined, 'Nothing happened.', 2]);
  });

  it('keeps what it has when the next page fails, and retries that page', async () => {
    const panel = new Panel();
    panel.answer = () => Promise.resolve(page([entry('a')], { next }));
    await panel.settled();
    panel.answer = () => Promise.reject(new HttpError('server', 'Out of order'));
    panel.loader.load(false);
    const { problem, stale, more } = await panel.settled();
    assert.deepEqual([panel.ids, problem !== undefined, stale, more], [['a'], true, false, false]);
    panel.answer = () => Promise.resolve(page([entry('b')]));
    panel.loader.load(false);
    await panel.settled();
    assert.deepEqual([panel.ids, panel.model.problem], [['a', 'b'], undefined]);
    assert.equal(panel.calls.at(-1)?.cursor, next);
  });

  it('is read again by Refresh, and keeps what was shown until then, marked if that fails', async () => {
    const panel = new Panel();
    await panel.settled();
    panel.answer = () => Promise.reject(new HttpError('network', 'No network'));
    panel.loader.load(true);
    assert.deepEqual([panel.ids, panel.model.loading], [['e1'], true]);
    const { stale, problem } = await panel.settled();
    assert.deepEqual([panel.ids, stale, problem === undefined], [['e1'], true, false]);
    panel.answer = () => Promise.resolve(page([entry('e2')]));
    panel.loader.load(false);
    await panel.settled();
    assert.deepEqual([panel.ids, panel.model.stale, panel.calls.at(-1)?.cursor], [['e2'], false, undefined]);
  });

  it('is read again with the panel, but only when it is shown', async () => {
    const panel = new Panel();
    await panel.settled();
    panel.loader.invalidate();
    await settle();
    assert.equal(panel.calls.length, 1);
    await panel.settled();
    assert.equal(panel.calls.length, 2);
  });

  it('is read anew with another session, and a late answer of the old one is dropped', async () => {
    const panel = new Panel();
    let late: (page: LogPage) => void = () => undefined;
    panel.answer = () => new Promise((resolve) => (late = resolve));
    panel.look();
    panel.session = panel.newSession();
    panel.answer = () => Promise.resolve(page([entry('new')]));
    await panel.settled();
    late(page([entry('late')]));
    await settle();
    assert.deepEqual([panel.ids, panel.calls[0]?.signal?.aborted], [['new'], true]);
  });

  it('drops a late answer to what was asked before Refresh', async () => {
    const panel = new Panel();
    let late: (page: LogPage) => void = () => undefined;
    panel.answer = () => new Promise((resolve) => (late = resolve));
    panel.look();
    panel.answer = () => Promise.resolve(page([entry('new')]));
    panel.loader.load(true);
    await settle();
    late(page([entry('late')]));
    await settle();
    assert.deepEqual([panel.ids, panel.model.loading], [['new'], false]);
  });

  it('is stopped with the rest, and then offered', async () => {
    const panel = new Panel();
    panel.answer = () => new Promise(() => undefined);
    panel.look();
    panel.loader.stop();
    assert.deepEqual([panel.model.loading, panel.model.more], [false, true]);
    panel.answer = () => Promise.resolve(page([entry('a')]));
    panel.loader.load(false);
    await panel.settled();
    assert.deepEqual([panel.ids, panel.model.more], [['a'], false]);
    panel.loader.dispose();
  });

  it('stops at 5,000 entries, and says so', async () => {
    const panel = new Panel();
    const entries = Array.from({ length: 5000 }, (_, at) => entry(`e${at}`));
    panel.answer = () => Promise.resolve(page(entries, { next, total: 9000 }));
    const { more, note } = await panel.settled();
    assert.deepEqual([more, note], [false, 'Showing the newest 5000 entries.']);
    const whole = new Panel();
    whole.answer = () => Promise.resolve(page(entries));
    assert.equal((await whole.settled()).note, undefined, 'there are no more');
    whole.loader.dispose();
  });

  it('is asked for by its own tab alone, and kept when the resource is gone', async () => {
    const panel = new Panel();
    const served = new Served({ logs: panel.session.logs ?? assert.fail() });
    served.lists.set(account, [connection]);
    const { store } = served;
    await store.load(account);
    const session = await served.session();
    const tabs = new TabModels(store, () => undefined);
    assert.deepEqual(tabs.tabs(session, connection), ['history']);
    tabs.overview(session, connection);
    assert.equal(panel.calls.length, 0);
    tabs.log('history', session, connection);
    await settle();
    assert.equal(tabs.log('history', session, connection)?.entries.length, 1);
    served.lists.set(account, []);
    await store.refresh(account);
    assert.deepEqual([tabs.log('history', session, connection)?.entries.length, panel.calls.length], [1, 1]);
    tabs.dispose();
    store.dispose();
  });

  it('says so if it was not read before the resource was gone, instead of nothing', async () => {
    const panel = new Panel();
    const served = new Served({ logs: panel.session.logs ?? assert.fail() });
    const session = await served.session();
    const tabs = new TabModels(served.store, () => undefined);
    const { entries, empty, loading } = tabs.log('history', session, connection) ?? assert.fail();
    assert.deepEqual([entries, empty, loading], [[], 'Not read before it was deleted', false]);
    tabs.dispose();
    served.store.dispose();
  });
});
