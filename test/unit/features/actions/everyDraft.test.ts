import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parse } from 'jsonc-parser';
import { readDocument, withSchema } from '../../../../src/features/actions/documentText';
import { DocumentError, pointerText, type Pointer } from '../../../../src/core/services/common/documentError';
import type { Action } from '../../../../src/core/services/contract/action';
import type { DocumentAction } from '../../../../src/features/actions/resolveAction';
import type { Resource } from '../../../../src/core/services/contract/resource';
import { getFailure } from '../../../support/rows';
import { everyRow, startEveryService, type EveryService } from '../../../support/everyService';

interface Found {
  readonly name: string;
  readonly row: Resource;
  readonly action: DocumentAction;
}

/** Each action with a document, with the first row that offers it. */
async function everyDocument({ sessions }: EveryService): Promise<readonly Found[]> {
  const found = new Map<string, Found>();
  for (const signed of sessions) {
    const { actions } = signed.session;
    if (!actions) continue;
    for (const row of await everyRow(signed)) {
      const offered: readonly Action[] = actions(row);
      for (const action of offered) {
        const name = `${signed.service} ${action.id}`;
        const { draft, preview } = action;
        assert.equal(action.input.kind === 'document', draft !== undefined && preview !== undefined, name);
        if (draft && preview && !action.obstacle && !found.has(name))
          found.set(name, { name, row, action: { ...action, draft, preview } });
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
  it('names its schema, and is read as it was created', async () => {
    await using every = await startEveryService();
    for (const { name, action } of await everyDocument(every)) {
      const { text } = await action.draft({});
      const document = await withSchema(text, 'scheme:/schema.json');
      assert.match(document, /"\$schema": "scheme:\/schema\.json"/, name);
      const read = await readDocument(document);
      assert.equal(read.flaw, undefined, name);
      assert.deepEqual(JSON.parse(read.text), parse(text), name);
    }
  });

  it('is refused while it contains a placeholder of a hidden secret, with the position, and nothing is sent', async () => {
    await using every = await startEveryService();
    for (const { name, action } of await everyDocument(every)) {
      const { text } = await action.draft({});
      const base = (await readDocument(text)).text;
      const { json, pointer } = withHidden(JSON.parse(base)) ?? assert.fail(name);
      const document = { kind: 'document', text: JSON.stringify(json), base } as const;
      every.sample.clearRequests();
      for (const attempt of [() => action.preview(document, {}), () => action.perform(document, {})]) {
        const error = await getFailure(attempt());
        assert.ok(error instanceof DocumentError, `${name}: ${error.message}`);
        const places = error.flaws.map((flaw) => pointerText(flaw.pointer));
        assert.ok(places.includes(pointerText(pointer)), `${name}: ${places.join()}`);
      }
      const writes = every.sample.requests.filter(({ method }) => method !== 'GET');
      assert.deepEqual(writes, [], name);
    }
  });

  it('can be sent after a reload, with its resource as it was stored', async () => {
    await using every = await startEveryService();
    for (const { name, row, action } of await everyDocument(every)) {
      const { path, kind, id, label, hasChildren } = row;
      const { session } = every.sessions.find(({ service }) => name.startsWith(service)) ?? assert.fail();
      const offered = session.actions?.({ path, kind, id, label, hasChildren }) ?? [];
      assert.ok(
        offered.some((each) => each.id === action.id),
        name,
      );
    }
  });
});
