import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { childPath, isWithin, type ResourcePath } from '../../../../src/core/services/contract/path';
import type { Resource } from '../../../../src/core/services/contract/resource';
import { findActiveRuns } from '../../../../src/features/runs/activeRuns';
import { account, resource } from '../../../support/fakes/store';
import { FakeScope } from '../../../support/watching';
import { createConnection, judge, createRun } from './work';

const open = createConnection('open', 'running');
const shut = createConnection('shut', 'ok');
const inOpen = createRun('r1', 'running', { parent: open.path });
const done = createRun('r2', 'ok', { parent: open.path });
const inShut = createRun('r3', 'running', { parent: shut.path });
const foreign = childPath('account:b' as ResourcePath, 'connection', 'c');

const rows = new Map<ResourcePath, readonly Resource[]>([
  [account, [open, shut, resource(account, 'dataView', 'v')]],
  [open.path, [inOpen, done]],
  [shut.path, [inShut]],
]);
const resources = [...rows.values()].flat();

interface Given {
  readonly watched?: readonly ResourcePath[];
  readonly known?: readonly ResourcePath[];
  readonly looked?: readonly ResourcePath[];
  readonly expanded?: readonly ResourcePath[];
  readonly treeVisible?: boolean;
  readonly runsVisible?: boolean;
  readonly panels?: readonly ResourcePath[];
  readonly isOnly?: boolean;
}

/** The polled paths, by their last parts. */
function found({ watched = [], known = [], looked = [], expanded = [], isOnly = true, ...shown }: Given): {
  readonly live: readonly string[];
  readonly idle: readonly string[];
  readonly watchedRuns: readonly string[];
} {
  const scope = new FakeScope();
  scope.set({ treeVisible: false, ...shown });
  for (const path of expanded) scope.expanded.add(path);
  const store = {
    get: (path: ResourcePath) => resources.find((row) => row.path === path),
    rows: (path: ResourcePath) => rows.get(path),
    rootPath: () => (isOnly ? account : undefined),
  };
  const watches = {
    list: () => watched,
    covers: (path: ResourcePath) => watched.some((above) => isWithin(path, above)),
  };
  const surroundings = { store, scope, watches, registry: { activePaths: () => known } };
  const { active: live, idle, watchedRuns } = findActiveRuns(account, judge, surroundings, new Set(looked));
  const names = (paths: readonly ResourcePath[]): readonly string[] =>
    paths.map((path) => path.slice(path.lastIndexOf(':') + 1));
  return { live: names(live), idle: names(idle), watchedRuns: names(watchedRuns) };
}

describe('the active runs to poll', () => {
  it('are none that are neither visible nor watched', () => {
    const none = { live: [], idle: [], watchedRuns: [] };
    assert.deepEqual(found({}), none);
    assert.deepEqual(found({ known: [inOpen.path], expanded: [open.path] }), none);
  });

  it('are those that the rows of the tree show as active, as far as they are expanded', () => {
    assert.deepEqual(found({ treeVisible: true }).live, ['open']);
    assert.deepEqual(found({ treeVisible: true, expanded: [open.path] }).live, ['open', 'r1']);
    assert.deepEqual(found({ treeVisible: true, isOnly: false, expanded: [open.path] }).live, []);
    const both = [account, shut.path];
    assert.deepEqual(found({ treeVisible: true, isOnly: false, expanded: both }).live, ['open', 'r3']);
  });

  it('are those at and below the resource of a panel of the account', () => {
    assert.deepEqual(found({ panels: [open.path] }).live, ['open', 'r1']);
    assert.deepEqual(found({ panels: [shut.path] }).live, ['r3']);
    assert.deepEqual(found({ panels: [done.path, foreign] }).live, []);
  });

  it('are all known ones while the Runs view is visible, else those that are watched', () => {
    const known = [inOpen.path, inShut.path];
    assert.deepEqual(found({ known, runsVisible: true }).live, ['r1', 'r3']);
    assert.deepEqual(found({ known, watched: [inShut.path] }).live, ['r3']);
  });

  it('are those at and below what is watched, each once, with the runs whose end is wanted', () => {
    const watched = [account, open.path, inOpen.path, foreign];
    const { live, idle, watchedRuns } = found({ watched });
    assert.deepEqual([live.toSorted(), idle], [['open', 'r1', 'r3'], ['a']]);
    assert.deepEqual(watchedRuns.toSorted(), ['r1', 'r3']);
    assert.deepEqual(found({ panels: [open.path] }).watchedRuns, []);
  });

  it('may start in what is watched at rest, except for a run, which is requested once', () => {
    const watched = [shut.path, done.path];
    assert.deepEqual(found({ watched }).idle, ['shut', 'r2']);
    assert.deepEqual(found({ watched, looked: watched }).idle, ['shut']);
  });
});
