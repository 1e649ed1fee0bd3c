import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { RunTimes } from '../../../../src/core/services/contract/runs';
import type { Resource } from '../../../../src/core/services/contract/resource';
import type { ResourceKind } from '../../../../src/shared/kinds';
import { runRow } from '../../../../src/features/runs/runRows';
import { account, resource } from '../../../support/fakes/store';

const now = Date.parse('2026-11-21T12:00:00Z');

function described(
  kind: ResourceKind,
  change: Partial<Resource>,
  times: RunTimes,
  of = ['Shop', 'Users'],
): string {
  const run: Resource = {
    ...resource(account, kind, 'r1', '2026-11-21 10:00'),
    status: { state: 'running', label: 'RUNNING' },
    ...change,
  };
  const judge = { isActive: () => true, times: () => times };
  return runRow({ run, ancestors: of, active: true, rules: judge }, NOTHING, 'en', now).description;
}

/** A run that is not watched, at a service without pages. */
const NOTHING = { watched: false, hasLink: false };

describe('the row of a run', () => {
  const started = '2026-11-21T10:00:00Z';

  it('shows age, status, place, the counts of the service, and which run it is', () => {
    const description = '10 received, 8 finished';
    assert.equal(
      described('run', { description }, { started }),
      '2 hours ago · running · Shop · 10 received, 8 finished · 2026-11-21 10:00',
    );
    assert.equal(
      described('run', {}, { started, progress: 0.256 }),
      '2 hours ago · running · 26% · Shop · 2026-11-21 10:00',
    );
  });

  it('omits what is not known, and the date of a backfill, because the age shows it', () => {
    assert.equal(
      described('backfill', { description: '2026-11-21 10:00' }, { created: started }),
      '2 hours ago · running · Shop · 2026-11-21 10:00',
    );
    assert.equal(described('run', {}, {}, []), 'running');
    assert.equal(described('run', {}, { started: 'soon' }, []), 'running');
  });

  it('is named by the last of its ancestors, else by itself, as plain text', () => {
    const run: Resource = { ...resource(account, 'run', 'r1', 'Run 1'), hasChildren: false };
    const getRow = (...of: readonly string[]): ReturnType<typeof runRow> =>
      runRow(
        { run, ancestors: of, active: false, rules: { isActive: () => false, times: () => ({}) } },
        NOTHING,
        'en',
        now,
      );
    assert.deepEqual(
      [getRow(), getRow('Shop'), getRow('Web', 'Shop\u202E'), getRow('Shop', '')].map(
        ({ label, description }) => `${label}: ${description}`,
      ),
      ['Run 1: ', 'Shop: Run 1', 'Shop: Web · Run 1', 'Run 1: Shop · Run 1'],
    );
    assert.equal(getRow('Web', 'Shop').accessibilityLabel, 'Shop, Run 1, Run, Web');
  });

  it('offers to watch active runs, and to unwatch anything', () => {
    const run: Resource = { ...resource(account, 'run', 'r1'), hasChildren: false };
    const abilities = (live: boolean, watched: boolean): readonly string[] => {
      const judge = { isActive: () => live, times: () => ({}) };
      const known = { run, ancestors: [], active: live, rules: judge };
      const { contextValue } = runRow(known, { ...NOTHING, watched }, 'en', now);
      return contextValue.split('.').filter((part) => part.endsWith('watch'));
    };
    assert.deepEqual(abilities(true, false), ['watch']);
    assert.deepEqual(abilities(true, true), ['unwatch']);
    assert.deepEqual(abilities(false, false), []);
    assert.deepEqual(abilities(false, true), ['unwatch']);
  });

  it('offers the page of a run if the service has one', () => {
    const run: Resource = { ...resource(account, 'run', 'r1'), hasChildren: false };
    const known = { run, ancestors: [], active: false, rules: { isActive: () => false, times: () => ({}) } };
    const links = [true, false].map((hasLink) => runRow(known, { watched: false, hasLink }, 'en', now));
    assert.deepEqual(
      links.map(({ contextValue }) => contextValue.split('.').includes('link')),
      [true, false],
    );
  });
});
