import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { accountPath, childPath } from '../../../../src/core/services/contract/path';
import type { Resource } from '../../../../src/core/services/contract/resource';
import { matches, parseFilter } from '../../../../src/ui/filter/terms';

const connection: Resource = {
  path: childPath(accountPath('a'), 'connection', 'dg_1'),
  kind: 'connection',
  id: 'dg_1',
  label: 'Web Retail',
  description: 'prod',
  hasChildren: true,
  status: { state: 'failed', label: '1 failed, 2 in progress' },
  searchAttributes: { owner: 'Ann Lee', sandbox: 'prod' },
};

function found(text: string, datasets: readonly string[] = []): boolean {
  return matches(connection, parseFilter(text), (_resource, dataset) => datasets.includes(dataset));
}

describe('a filter', () => {
  it('finds words in name, id and description, without regard to case', () => {
    for (const text of ['web', 'RETAIL', 'dg_1', 'prod', 'web retail', ''])
      assert.equal(found(text), true, text);
    assert.equal(found('web mobile'), false);
  });

  it('finds the words of the status as the row shows it', () => {
    for (const text of ['failed', '"1 failed"', 'progress', 'web failed'])
      assert.equal(found(text), true, text);
    assert.equal(found('queued'), false);
  });

  it('finds a word in the attribute that it names', () => {
    assert.equal(found('owner:ann'), true);
    assert.equal(found('owner:"ann lee" sandbox:prod'), true);
    assert.equal(found('owner:web'), false);
    assert.equal(found('sandbox:dev'), false);
    assert.equal(found('nonsense:x'), false);
  });

  it('finds a status by our word or the service’s', () => {
    assert.equal(found('status:failed'), true);
    assert.equal(found('status:progress'), true);
    assert.equal(found('status:ok'), false);
  });

  it('delegates the search for datasets', () => {
    assert.equal(found('dataset:5F24', ['5f24']), true);
    assert.equal(found('dataset:5f24'), false);
  });

  it('accepts keys in any case, and ignores empty quotes', () => {
    assert.deepEqual(parseFilter('OWNER:Ann "" sandbox:""'), [{ key: 'owner', value: 'ann' }]);
    assert.equal(found('name:web id:DG_1'), true);
    assert.equal(found('id:web'), false);
  });

  it('accepts an unfinished quotation or key as it is', () => {
    assert.deepEqual(parseFilter('owner:"Ann L'), [{ key: 'owner', value: 'ann l' }]);
    assert.deepEqual(parseFilter('web owner:'), [{ value: 'web' }], 'a key alone is no condition yet');
  });
});
