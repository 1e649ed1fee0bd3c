import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { LogModel } from '../../../../../src/shared/models';
import { entryLine, filteredEntries } from '../../../../../src/webview/tabs/log/entries';

const failed = { state: 'failed', label: 'failed', text: 'Failed' } as const;
const log: LogModel = {
  ...{ loading: false, stale: false, more: false, columns: [], empty: '' },
  entries: [
    { id: 'e1', cells: ['2026-10-01', 'Edited', 'Ada (ada@example.com)', ''] },
    { id: 'e2', cells: ['2026-09-01', 'Created', '', 'Web'], status: failed },
    { id: 'e3', cells: ['2026-08-01', '', 'Unknown user', ''], hints: ['', '', 'ABC9@AdobeID', ''] },
  ],
};

describe('the entries of a log', () => {
  it('are found by any cell and by their status, ignoring case', () => {
    const found = (text: string): readonly string[] => filteredEntries(log, text).map(({ id }) => id);
    assert.deepEqual(found('ADA@'), ['e1']);
    assert.deepEqual(found(' failed '), ['e2']);
    assert.deepEqual(found('abc9'), ['e3'], 'the ID of a user without a name');
    assert.deepEqual(found(''), ['e1', 'e2', 'e3']);
    assert.deepEqual(found('nothing'), []);
  });

  it('are copied as one line of what is known', () => {
    assert.deepEqual(log.entries.map(entryLine), [
      '2026-10-01, Edited, Ada (ada@example.com)',
      '2026-09-01, Created, Web, Failed',
      '2026-08-01, Unknown user, ABC9@AdobeID',
    ]);
  });
});
