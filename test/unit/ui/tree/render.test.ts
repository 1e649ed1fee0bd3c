import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { accountPath, childPath } from '../../../../src/core/services/contract/path';
import type { Resource } from '../../../../src/core/services/contract/resource';
import type { StatusState } from '../../../../src/shared/status';
import { render } from '../../../../src/ui/tree/render';

const base: Resource = {
  path: childPath(accountPath('a'), 'connection', 'dg_1'),
  kind: 'connection',
  id: 'dg_1',
  label: 'Web',
  description: 'prod',
  hasChildren: true,
};

describe('render', () => {
  it('shows name, place and status, also in words', () => {
    const row = render({ ...base, status: { state: 'failed', label: '1 failed' } });
    assert.deepEqual(row, {
      label: 'Web',
      description: '1 failed · prod',
      icon: { id: 'error', color: 'problemsErrorIcon.foreground' },
      collapsible: true,
      contextValue: 'connection.id.json.refresh',
      accessibilityLabel: 'Web, failed, Connection, 1 failed · prod',
      command: 'connectionsExplorer.showDetails',
    });
  });

  it('gives every state an icon with its own shape or color', () => {
    const states: readonly StatusState[] = ['ok', 'running', 'queued', 'warning', 'failed', 'inactive'];
    const icons = states.map((state) =>
      JSON.stringify(render({ ...base, status: { state, label: state } }).icon),
    );
    assert.equal(new Set(icons).size, states.length);
  });

  it('says nothing about a status that is OK, except for a backfill', () => {
    const status = { state: 'ok', label: 'COMPLETED' } as const;
    assert.equal(render({ ...base, status }).description, 'prod');
    assert.equal(render({ ...base, kind: 'backfill', status }).description, 'completed · prod');
  });

  it('shows an action in progress before all else, and to a screen reader too', () => {
    const failed = { ...base, status: { state: 'failed', label: 'UNHEALTHY' } } as const;
    const row = render(failed, [], { ongoing: 'Validate' });
    assert.deepEqual(row.icon, { id: 'loading~spin' });
    assert.equal(row.description, 'Validate · unhealthy · prod');
    assert.match(row.accessibilityLabel, /Validate/);
  });

  it('shows news first, to a screen reader too', () => {
    const failed = { ...base, status: { state: 'failed', label: 'UNHEALTHY' } } as const;
    const row = render(failed, [], { news: 'changed' });
    assert.equal(row.description, 'status changed · unhealthy · prod');
    assert.match(row.accessibilityLabel, /status changed/);
    assert.equal(render(base, [], { news: 'below' }).description, 'changes below · prod');
  });

  it('marks stale rows and production accounts', () => {
    assert.equal(render({ ...base, stale: true }).description, 'prod · may be outdated');
    const account = render({ ...base, kind: 'account', searchAttributes: { production: 'true' } });
    assert.equal(account.description, 'prod · Production');
    assert.deepEqual(
      [account, render({ ...base, kind: 'account' })].map(({ contextValue }) =>
        contextValue.split('.').includes('production'),
      ),
      [true, false],
    );
  });

  it('offers a retry only if that can help', () => {
    const problem = { title: 'It failed.', detail: 'No network.', retryable: true };
    const row = render({ ...base, kind: 'problem', problem, hasChildren: false });
    assert.deepEqual([row.contextValue, row.command], ['problem.retry', 'connectionsExplorer.retry']);
    const broken = render({
      ...base,
      kind: 'problem',
      problem: { ...problem, retryable: false },
      hasChildren: false,
    });
    assert.deepEqual([broken.contextValue, broken.command], ['problem', undefined]);
    const refused = { ...problem, editsAccount: true };
    const signIn = render({ ...base, kind: 'problem', problem: refused, hasChildren: false });
    assert.equal(signIn.contextValue, 'problem.retry.editAccount');
  });

  it('a row without a name gets one', () => {
    assert.equal(render({ ...base, label: '\u202E \n' }).label, '(no name)');
  });
});
