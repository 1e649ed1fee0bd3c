import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { cleanSession } from '../../../../../src/core/services/common/cleanSession';
import { KnownSecrets } from '../../../../../src/core/redaction/knownSecrets';
import { accountPath, childPath } from '../../../../../src/core/services/contract/path';
import type { Session } from '../../../../../src/core/services/contract/service';
import type { Identity } from '../../../../../src/core/services/contract/signIn';
import type { Cursor } from '../../../../../src/core/services/contract/page';
import type { Problem, Resource } from '../../../../../src/core/services/contract/resource';

const dirty = ' Sa\u202Eles\u{E0049}\u{E0067}\u200B\n2 ';
const clean = 'Sales 2';
const path = childPath(accountPath('a'), 'connection', dirty);
const status = { state: 'ok', label: dirty } as const;
const problem = { title: dirty, detail: dirty, advice: dirty, retryable: false };
const json = { name: dirty };
const resource: Resource = {
  ...{ path, kind: 'connection', id: dirty, label: dirty, description: dirty, hasChildren: false },
  ...{ status, problem, json },
};
const call = {};
const request = { size: 1, bypassCache: false, depth: 0 };
const column = { id: dirty, label: 'Owner', kind: 'text' } as const;

/** A session in which every text is dirty. */
const session: Required<Session> = {
  verify: () => Promise.resolve({ name: dirty, warning: problem }),
  choices: () => Promise.resolve([{ value: dirty, label: dirty, description: dirty }]),
  children: () =>
    Promise.resolve({
      items: [{ resource, children: { items: [{ resource }], nextCursors: [], loading: 'eager' } }],
      parent: resource,
      nextCursors: [dirty as Cursor],
      loading: 'eager',
    }),
  read: () => Promise.resolve(dirty),
  findConnectionsByDataset: () => Promise.resolve([resource]),
  searchConnections: () => Promise.resolve([resource]),
  findById: () => Promise.resolve([resource]),
  glossaryTerms: () => Promise.resolve([{ id: dirty, label: dirty, description: dirty }]),
  properties: () => [{ label: dirty, value: dirty, status }],
  facts: () => ({ created: dirty, modified: dirty, lastData: dirty, backfills: 1 }),
  webLink: () => dirty,
  requestTemplate: () => ({ method: 'GET', url: dirty, headers: {} }),
  shortId: () => dirty,
  hasBackfills: true,
  actions: () => [
    {
      ...{ id: dirty, verb: 'edit', title: dirty, confirmation: 'harmless' },
      input: {
        kind: 'fields',
        fields: [
          {
            ...{ key: dirty, label: 'Owner', prompt: 'Who', secret: false, optional: true, default: dirty },
            choices: [{ value: dirty, label: dirty, description: dirty }],
            validate: () => undefined,
          },
        ],
      },
      draft: () => Promise.resolve({ text: dirty, schema: json }),
      preview: () => Promise.resolve({ before: dirty, after: dirty }),
      consent: () =>
        Promise.resolve({
          application: dirty,
          authorizationUrl: () => Promise.resolve(dirty),
          exchangeCode: () => Promise.resolve(),
        }),
      perform: () =>
        Promise.resolve({
          message: dirty,
          changed: [path],
          run: { title: dirty, poll: () => Promise.resolve({ status, over: true }) },
        }),
    },
  ],
  detailViews: {
    tables: () => [
      {
        id: dirty,
        title: 'Owners',
        source: path,
        columns: [{ ...column, value: () => dirty, hint: () => dirty }],
        includes: () => true,
      },
    ],
    timeline: () => undefined,
    structureInputs: () => [path],
    structure: () => ({
      nodes: [{ id: dirty, label: dirty, kind: 'key', role: dirty, status, path }],
      edges: [{ from: dirty, to: dirty, label: dirty }],
    }),
  },
  reports: {
    title: () => 'Errors',
    explainsFailure: () => true,
    read: () =>
      Promise.resolve({
        columns: [{ label: dirty, kind: 'text' }],
        rows: [[dirty]],
        note: dirty,
        summary: [{ label: dirty, value: dirty }],
      }),
  },
  logs: {
    history: {
      columns: [{ label: 'Who', kind: 'text' }],
      appliesTo: () => true,
      emptyText: () => 'Who',
      read: () => Promise.resolve({ entries: [{ id: dirty, cells: [dirty], status }], received: 1 }),
    },
  },
  runs: {
    fetchRuns: () =>
      Promise.resolve({ entries: [{ run: resource, ancestors: [dirty, dirty] }], updated: [resource] }),
    batches: (paths) => [paths],
    isActive: () => true,
    times: () => ({ created: dirty }),
    matchesListFilter: () => false,
  },
  dispose: () => undefined,
};

/** Names of values that are sent back to the service, or are not shown. */
const verbatim = [
  'id',
  'path',
  'json',
  'value',
  'nextCursors',
  'changed',
  'key',
  'default',
  'from',
  'to',
  'source',
];

/** Every text for people in a value, with its place. Facts and cells are shown, choices are sent back. */
function* texts(value: unknown, place: string, shown: readonly string[] = []): Iterable<[string, string]> {
  if (typeof value === 'string') yield [place, value];
  if (typeof value !== 'object' || value === null) return;
  for (const [name, member] of Object.entries(value)) {
    if (!verbatim.includes(name) || shown.includes(name)) yield* texts(member, `${place}.${name}`, shown);
  }
}

function assertClean(value: unknown, place: string, shown: readonly string[] = []): void {
  const found = [...texts(value, place, shown)];
  assert.ok(found.length > 0, `${place} has texts`);
  for (const [where, text] of found) {
    const known = [
      'connection',
      'key',
      'text',
      'Owner',
      'Owners',
      'ok',
      'eager',
      'edit',
      'harmless',
      'fields',
      'Who',
    ];
    assert.ok(text === clean || known.includes(text), `${where}: ${JSON.stringify(text)}`);
  }
}

describe('the session of an account', () => {
  const cleaned = cleanSession(session, []);

  it('returns clean texts for people, from every method', async () => {
    const { actions, detailViews, reports, logs, runs } = cleaned;
    assertClean(await cleaned.verify(call), 'verify');
    assertClean(await cleaned.choices?.('x', call), 'choices');
    assertClean(await cleaned.children(resource, request, call), 'children');
    assertClean(await cleaned.findConnectionsByDataset?.(resource, 'x', call), 'findByDataset');
    assertClean(await cleaned.searchConnections?.(resource, 'x', call), 'search');
    assertClean(await cleaned.findById?.(resource, 'x', call), 'locate');
    assertClean(await cleaned.glossaryTerms?.('x', call), 'terms');
    assertClean(cleaned.properties(resource), 'facts', ['value']);
    assertClean(cleaned.facts?.(resource), 'times');
    assertClean(actions?.(resource), 'actions');
    const [action] = actions?.(resource) ?? [];
    assertClean(await action?.consent?.({ kind: 'none' }, call), 'consent');
    const outcome = await action?.perform({ kind: 'none' }, call);
    assertClean(outcome, 'outcome');
    assertClean(await outcome?.run?.poll(call), 'poll');
    assertClean(detailViews?.tables(resource), 'tables');
    assertClean(detailViews?.tables(resource)[0]?.columns[0]?.value(resource), 'cell');
    assertClean(
      detailViews?.structure(resource, () => []),
      'structure',
    );
    const report = await reports?.read(resource, call);
    assertClean(report, 'report');
    assertClean(report?.summary, 'summary', ['value']);
    assertClean(await logs?.history?.read(resource, undefined, call), 'log');
    assertClean(await runs?.fetchRuns(resource, [], call), 'runs');
  });

  it('keeps verbatim what is sent back or read as a whole', async () => {
    const [item] = (await cleaned.children(resource, request, call)).items;
    assert.deepEqual([item?.resource.id, item?.resource.path, item?.resource.json], [dirty, path, json]);
    assert.equal(await cleaned.read(resource, call), dirty);
    assert.equal(cleaned.shortId?.(resource), dirty);
    assert.equal((await cleaned.choices?.('x', call))?.[0]?.value, dirty);
    const [action] = cleaned.actions?.(resource) ?? [];
    assert.equal((await action?.draft?.(call))?.text, dirty);
  });

  it('keeps all that a problem says, and adds nothing', async () => {
    const texts = (text: string): Omit<Problem, 'retryable'> => ({
      ...{ title: text, detail: text, advice: text, place: text, cause: text },
    });
    for (const [given, expected] of [
      [
        { ...texts(dirty), retryable: true, editsAccount: true },
        { ...texts(clean), retryable: true, editsAccount: true },
      ],
      [
        { title: dirty, detail: dirty, retryable: false },
        { title: clean, detail: clean, retryable: false },
      ],
    ] as const) {
      const verify = (): Promise<Identity> => Promise.resolve({ name: dirty, warning: given });
      assert.deepEqual((await cleanSession({ ...session, verify }, []).verify(call)).warning, expected);
    }
  });

  it('masks a secret in the title of an action as soon as it is known', () => {
    const secrets = new KnownSecrets();
    const { actions } = cleanSession(session, secrets);
    const title = (): string | undefined => actions?.(resource)[0]?.title;
    assert.equal(title(), clean);
    const end = secrets.add(() => [clean]);
    assert.equal(title(), '***');
    end();
    assert.equal(title(), '***', 'it may still be in use');
  });

  it('has the members of the session, and no more', () => {
    assert.deepEqual(Object.keys(cleaned).sort(), Object.keys(session).sort());
    const members = ({ actions }: Session): readonly string[] =>
      (actions?.(resource) ?? []).flatMap((action) => Object.keys(action).sort());
    assert.deepEqual(members(cleaned), members(session));
    const { verify, children, read, properties: facts, webLink, requestTemplate: recipe, dispose } = session;
    const least: Session = {
      verify,
      children,
      read,
      properties: facts,
      webLink,
      requestTemplate: recipe,
      dispose,
    };
    assert.deepEqual(Object.keys(cleanSession(least, [])).sort(), Object.keys(least).sort());
  });
});
