import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { HttpError } from '../../../../src/core/http/errors';
import type { CallOptions } from '../../../../src/core/http/types';
import type { Report } from '../../../../src/core/services/contract/detailViews';
import type { Resource } from '../../../../src/core/services/contract/resource';
import type { Session } from '../../../../src/core/services/contract/service';
import { ReportLoader } from '../../../../src/features/details/reportLoader';
import { TabModels } from '../../../../src/features/details/tabModels';
import { account, resource, settle } from '../../../support/fakes/store';
import { Served } from '../../../support/served';

const report: Report = {
  columns: [
    { label: 'Step', kind: 'text' },
    { label: 'Message', kind: 'text' },
  ],
  rows: [['Transformation', 'no email\u202E <b>']],
  note: 'That is all.',
  summary: [],
};
const run: Resource = {
  ...resource(account, 'run', 'r'),
  hasChildren: false,
  status: { state: 'failed', label: '' },
};

/** A service with a report, and a panel that shows it. */
class Panel {
  answer: () => Promise<Report> = () => Promise.resolve(report);
  readonly calls: CallOptions[] = [];
  changes = 0;
  readonly loader = new ReportLoader(() => this.changes++);
  session = this.newSession();

  newSession(): Session {
    const reports: Session['reports'] = {
      title: ({ kind }) => (kind === 'run' ? 'Errors' : undefined),
      explainsFailure: () => true,
      read: (_, call) => {
        this.calls.push(call);
        return this.answer();
      },
    };
    return { reports } as unknown as Session;
  }

  model(of = run): ReturnType<ReportLoader['model']> {
    return this.loader.model(this.session, of);
  }
}

describe('the report in a panel', () => {
  it('is read once, when it is asked for, and told as plain text', async () => {
    const panel = new Panel();
    assert.deepEqual([panel.calls.length, panel.model()?.loading, panel.calls.length], [0, true, 1]);
    await settle();
    assert.equal(panel.changes, 1);
    const { title, source, rows, loading, stale, more, note } = panel.model() ?? assert.fail();
    assert.deepEqual([title, source, note], ['Errors', run.path, 'That is all.']);
    assert.deepEqual([loading, stale, more], [false, false, false]);
    assert.deepEqual(rows, [['Transformation', 'no email <b>']]);
    assert.equal(panel.calls.length, 1);
    assert.equal(panel.model(resource(account, 'connection', 'c')), undefined);
  });

  it('is read again when the resource is in another state, of another session, or asked for again', async () => {
    const panel = new Panel();
    panel.model();
    await settle();
    panel.model({ ...run, json: { more: 1 } });
    assert.equal(panel.calls.length, 1, 'in the same state');
    const running: Resource = { ...run, status: { state: 'running', label: '' } };
    assert.equal(panel.model(running)?.loading, true);
    panel.session = panel.newSession();
    panel.model(running);
    await settle();
    panel.loader.retry();
    panel.model(running);
    assert.equal(panel.calls.length, 3);
    panel.loader.reset();
    panel.model(running);
    assert.equal(panel.calls.length, 4);
    assert.equal(panel.calls[1]?.signal?.aborted, true);
  });

  it('says why it could not be read, and is read by Retry', async () => {
    const panel = new Panel();
    panel.answer = () => Promise.reject(new HttpError('server', 'Out\nof order'));
    panel.model();
    await settle();
    const { loading, problem } = panel.model() ?? assert.fail();
    assert.equal(loading, false);
    assert.match(problem ?? '', /Out of order/);
    panel.answer = () => Promise.resolve(report);
    panel.loader.retry();
    panel.model();
    await settle();
    assert.equal(panel.model()?.problem, undefined);
  });

  it('is stopped with the rest, and then offered', async () => {
    const panel = new Panel();
    panel.answer = () => new Promise(() => undefined);
    panel.model();
    panel.loader.stop();
    const { loading, more } = panel.model() ?? assert.fail();
    assert.deepEqual([loading, more, panel.calls[0]?.signal?.aborted], [false, true, true]);
    await settle();
    assert.equal(panel.changes, 0);
    panel.loader.dispose();
  });

  it('is no longer read when its panel is closed', async () => {
    const panel = new Panel();
    panel.answer = () => new Promise(() => undefined);
    const served = new Served({ reports: panel.session.reports ?? assert.fail() });
    served.lists.set(account, [run]);
    const { store } = served;
    await store.load(account);
    const tabs = new TabModels(store, () => undefined);
    tabs.overview(await served.session(), run);
    await settle();
    assert.equal(panel.calls[0]?.signal?.aborted, false);
    tabs.dispose();
    assert.equal(panel.calls[0].signal.aborted, true);
    store.dispose();
  });

  it('is asked for by the Overview tab alone, and kept when the resource is gone', async () => {
    const panel = new Panel();
    const served = new Served({ reports: panel.session.reports ?? assert.fail() });
    served.lists.set(account, [run]);
    const { store } = served;
    await store.load(account);
    const session = await served.session();
    const tabs = new TabModels(store, () => undefined);
    assert.deepEqual(tabs.tabs(session, run), ['overview']);
    assert.deepEqual([tabs.timeline(session, run), panel.calls.length], [undefined, 0]);
    tabs.overview(session, run);
    await settle();
    assert.equal(tabs.overview(session, run).report?.rows.length, 1);
    served.lists.set(account, []);
    await store.refresh(account);
    assert.deepEqual([tabs.overview(session, run).report?.rows.length, panel.calls.length], [1, 1]);
    tabs.dispose();
    store.dispose();
  });
});
