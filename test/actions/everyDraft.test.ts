import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parse } from 'jsonc-parser';
import { readDocument, withSchema } from '../../src/actions/documentText';
import { everyRow, startEveryService } from '../services/everyService';

describe('the document of every action of every service', () => {
  it('names its schema, and is read as it was made', async () => {
    await using every = await startEveryService();
    const seen = new Set<string>();
    for (const signed of every.sessions) {
      const { actions } = signed.session;
      for (const row of await everyRow(signed)) {
        for (const { id, input } of actions?.of(row) ?? []) {
          const name = `${signed.service} ${id}`;
          if (input.kind !== 'document' || seen.has(name)) continue;
          seen.add(name);
          const { text } = (await actions?.draft(row, id, {})) ?? assert.fail(name);
          const document = await withSchema(text, 'scheme:/schema.json');
          assert.match(document, /"\$schema": "scheme:\/schema\.json"/, name);
          const read = await readDocument(document);
          assert.equal(read.flaw, undefined, name);
          assert.deepEqual(JSON.parse(read.text), parse(text), name);
        }
      }
    }
    assert.ok(seen.size >= every.sessions.length, [...seen].join());
  });
});
