import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parse } from 'jsonc-parser';
import { readDocument, withSchema } from '../../../../src/features/actions/documentText';
import { DocumentError, pointerText, type Pointer } from '../../../../src/core/services/common/documentError';
import type { Actions } from '../../../../src/core/services/contract/action';
import type { Resource } from '../../../../src/core/services/contract/resource';
import { failureOf } from '../../../support/rows';
import { everyRow, startEveryService, type EveryService } from '../../../support/everyService';

interface DocumentAction {
  readonly name: string;
  readonly actions: Actions;
  readonly row: Resource;
  readonly id: string;
}

/** Each action that asks for a document, with the first row that offers it. */
async function everyDocument({ sessions }: EveryService): Promise<readonly DocumentAction[]> {
  const found = new Map<string, DocumentAction>();
  for (const signed of sessions) {
    const { actions } = signed.session;
    if (!actions) continue;
    for (const row of await everyRow(signed)) {
      for (const { id, input, obstacle } of actions.actionsFor(row)) {
        const name = `${signed.service} ${id}`;
        if (input.kind === 'document' && !obstacle && !found.has(name))
          found.set(name, { name, actions, row, id });
      }
    }
  }
  assert.ok(found.size >= sessions.length, [...found.keys()].join());
  return [...found.values()];
}

/** The same JSON with a hidden secret within its last text, which is the deepest in all documents there are. */
function withHidden(json: unknown): { readonly json: unknown; readonly pointer: Pointer } | undefined {
  if (typeof json === 'string') return { json: `${json};PWD=[REDACTED]`, pointer: [] };
  if (typeof json !== 'object' || json === null) return undefined;
  for (const [name, value] of Object.entries(json).toReversed()) {
    const inner = withHidden(value);
    if (!inner) continue;
    const step = Array.isArray(json) ? Number(name) : name;
    const copy = Array.isArray(json) ? json.with(Number(name), inner.json) : { ...json, [name]: inner.json };
    return { json: copy, pointer: [step, ...inner.pointer] };
  }
  return undefined;
}

describe('the document of every action of every service', () => {
  it('names its schema, and is read as it was made', async () => {
    await using every = await startEveryService();
    for (const { name, actions, row, id } of await everyDocument(every)) {
      const { text } = await actions.draft(row, id, {});
      const document = await withSchema(text, 'scheme:/schema.json');
      assert.match(document, /"\$schema": "scheme:\/schema\.json"/, name);
      const read = await readDocument(document);
      assert.equal(read.flaw, undefined, name);
      assert.deepEqual(JSON.parse(read.text), parse(text), name);
    }
  });

  it('is refused while a text of it stands for a hidden secret, with the place, and nothing is sent', async () => {
    await using every = await startEveryService();
    for (const { name, actions, row, id } of await everyDocument(every)) {
      const { text } = await actions.draft(row, id, {});
      const base = (await readDocument(text)).text;
      const { json, pointer } = withHidden(JSON.parse(base)) ?? assert.fail(name);
      const document = { kind: 'document', text: JSON.stringify(json), base } as const;
      every.sample.clearRequests();
      for (const attempt of [
        () => actions.preview(row, id, document, {}),
        () => actions.perform(row, id, document, {}),
      ]) {
        const error = await failureOf(attempt());
        assert.ok(error instanceof DocumentError, `${name}: ${error.message}`);
        const places = error.flaws.map((flaw) => pointerText(flaw.pointer));
        assert.ok(places.includes(pointerText(pointer)), `${name}: ${places.join()}`);
      }
      const writes = every.sample.requests.filter(({ method }) => method !== 'GET');
      assert.deepEqual(writes, [], name);
    }
  });
});
