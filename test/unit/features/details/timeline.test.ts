import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { TimelineModel } from '../../../../src/shared/models';
import { toLanes, toTimeline } from '../../../../src/features/details/timeline';
import type { Lists } from '../../../../src/features/details/listModel';
import { childPath } from '../../../../src/core/services/contract/path';
import type { Timeline } from '../../../../src/core/services/contract/detailViews';
import type { Resource } from '../../../../src/core/services/contract/resource';
import { account, resource } from '../../../support/fakes/store';
import { ACCOUNT_PATH } from '../../../support/service';
import { startTabs, type StartedTabs } from './startTabs';

function timelineFor(s: StartedTabs, path: Resource['path']): TimelineModel {
  const known = s.store.get(path) ?? assert.fail(path);
  return s.tabs.timeline(s.session, known) ?? assert.fail('a timeline');
}

/** The timeline when its loading has ended. */
function whole(s: StartedTabs, path: Resource['path']): Promise<TimelineModel> {
  return s.until(() => {
    const model = timelineFor(s, path);
    return model.progress ? undefined : model;
  });
}

describe('the timeline', () => {
  it('of a CJA connection with 20 datasets takes one request', async () => {
    await using s = await startTabs('cja', { connections: 1, datasets: 20, backfills: 5 });
    const connection = await s.first(ACCOUNT_PATH, 'connection');
    s.sample.clearRequests();
    assert.deepEqual(timelineFor(s, connection.path).progress, {
      ...{ done: 0, total: 0 },
      text: '',
    });
    const { lanes } = await whole(s, connection.path);
    assert.equal(s.asked().length, 1);
    assert.deepEqual(
      lanes.map(({ bars, more }) => [bars.length, more]),
      Array.from({ length: 20 }, () => [5, false]),
    );
    const oldest = lanes[0]?.bars.at(-1);
    assert.deepEqual(oldest?.covers, { all: true });
    assert.equal(oldest.status.state, 'ok');
  });

  it('takes one request too if the datasets are loaded, and none if their backfills are', async () => {
    await using s = await startTabs('cja', { connections: 1, datasets: 20, backfills: 5 });
    const connection = await s.first(ACCOUNT_PATH, 'connection');
    await s.store.load(connection.path);
    s.sample.clearRequests();
    await whole(s, connection.path);
    assert.equal(s.asked().length, 1);
    s.tabs.reset();
    assert.equal((await whole(s, connection.path)).lanes.length, 20);
    assert.equal(s.asked().length, 1);
  });

  it('follows the list of lanes when that is reloaded', async () => {
    let now = Date.now();
    await using s = await startTabs('cja', { connections: 1, datasets: 4, backfills: 2, now: () => now });
    const { path } = await s.first(ACCOUNT_PATH, 'connection');
    const states = (model: TimelineModel): readonly string[] =>
      model.lanes.flatMap(({ bars }) => bars.map(({ status }) => status.state));
    assert.ok(states(await whole(s, path)).includes('queued'));
    now += 3_600_000;
    await s.store.refresh(path);
    const later = await s.until(() => {
      const model = timelineFor(s, path);
      return states(model).includes('queued') ? undefined : model;
    });
    assert.equal(later.lanes.length, 4);
  });

  it('of Krenalis shows the runs of every pipeline that has some, from one answer', async () => {
    await using s = await startTabs('krenalis');
    const lake = await s.first(ACCOUNT_PATH, 'connection', 'Data lake');
    await s.store.load(lake.path);
    s.sample.clearRequests();
    const { lanes } = await whole(s, lake.path);
    assert.equal(lanes.length, 2);
    assert.ok(lanes.every(({ bars }) => bars[0]?.started !== undefined));
    assert.deepEqual(s.asked(), ['GET /v1/pipelines/runs']);
    const website = await s.first(ACCOUNT_PATH, 'connection', 'Website');
    assert.deepEqual((await whole(s, website.path)).lanes, []);
  });

  it('of Immuta loads the runs of one task after the other, and can be stopped and continued', async () => {
    await using s = await startTabs('immuta', { connections: 1 });
    const connection = await s.first(ACCOUNT_PATH, 'connection');
    let first: string | undefined;
    const goOn = s.sample.inject({
      match: ({ path }) => path.endsWith('/runs') && path !== (first ??= path),
      hang: true,
    });
    const some = await s.until(() => {
      const model = timelineFor(s, connection.path);
      return model.progress && model.progress.done > 0 ? model : undefined;
    });
    assert.ok((some.progress?.total ?? 0) > (some.progress?.done ?? 0));
    s.tabs.cancel();
    const stopped = await s.until(() => {
      const model = timelineFor(s, connection.path);
      return model.lanes.some(({ more }) => more) ? model : undefined;
    });
    assert.deepEqual(
      [stopped.progress, stopped.note],
      [undefined, 'Loading was stopped. Some runs are missing.'],
    );
    goOn();
    s.tabs.reset();
    const { lanes, note } = await whole(s, connection.path);
    assert.equal(note, undefined);
    assert.ok(lanes.every(({ bars }) => bars.length > 0));
  });

  it('says why its lanes could not be loaded, and does not retry by itself', async () => {
    await using s = await startTabs('cja', { connections: 1 });
    const connection = await s.first(ACCOUNT_PATH, 'connection');
    s.sample.inject({ match: { path: /\/data\/connections\/dg_/ }, status: 403, body: {} });
    s.sample.clearRequests();
    const failed = await whole(s, connection.path);
    assert.match(failed.problem ?? '', /Access denied/);
    const count = s.asked().length;
    assert.deepEqual(await whole(s, connection.path), failed);
    assert.equal(s.asked().length, count);
  });

  it('a timeline that waits for the rate limit says so', async () => {
    await using s = await startTabs('cja', { connections: 1 });
    const connection = await s.first(ACCOUNT_PATH, 'connection');
    s.sample.inject({
      match: { path: /\/data\/connections\/dg_/ },
      status: 429,
      headers: { 'retry-after': '7' },
      times: 1,
      body: {},
    });
    const { waiting } = await s.until(() => {
      const model = timelineFor(s, connection.path);
      return model.waiting === undefined ? undefined : model;
    });
    assert.match(waiting ?? '', /Retrying in 7 s\./);
    assert.equal((await whole(s, connection.path)).waiting, undefined);
  });
});

describe('a timeline of very many runs', () => {
  const source = childPath(account, 'connection', 'c');
  const timeline: Timeline = { source, lanes: 'dataset', bars: 'backfill' };
  const reading = { going: false, stopped: false };

  /** Lists of a number of datasets with a number of backfills each. */
  function lists(lanes: number, bars: number): Lists {
    const datasets = Array.from({ length: lanes }, (_, index) => resource(source, 'dataset', `d${index}`));
    const below = new Map<string, readonly Resource[]>([[source, datasets]]);
    for (const { path } of datasets) {
      below.set(
        path,
        Array.from({ length: bars }, (_, index) => resource(path, 'backfill', `b${index}`)),
      );
    }
    const state = {
      total: undefined,
      reading: false,
      stale: false,
      dirty: false,
      failedAt: undefined,
      readAt: 1,
    };
    return {
      get: () => undefined,
      rows: (path) => below.get(path),
      state: (path) => ({ ...state, loaded: below.get(path)?.length ?? 0 }),
    };
  }

  it('draws the newest of each lane, and says so', async () => {
    await using s = await startTabs('cja');
    const model = toTimeline(lists(100, 1000), s.session, timeline, reading);
    const drawn = model.lanes.reduce((sum, { bars }) => sum + bars.length, 0);
    assert.equal(drawn, 5000);
    assert.equal(model.lanes[0]?.bars[0]?.label, 'b0');
    assert.equal(model.lanes[0].note, 'Showing the newest 50 of 1000 runs.');
    assert.match(model.note ?? '', /Only the newest/);
  });

  it('draws no more lanes than can be distinguished', async () => {
    await using s = await startTabs('cja');
    const many = lists(10_000, 1);
    assert.equal(toLanes(many, timeline).length, 250);
    assert.match(toTimeline(many, s.session, timeline, reading).note ?? '', /first 250/);
  });
});
