import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { answerTool } from '../../../../src/features/tools/answerTool';
import { HttpError } from '../../../../src/core/http/errors';
import { formats } from '../../../../src/core/export/formats';
import { placedProblemText, toProblem } from '../../../../src/core/services/common/problem';
import type { ResourcePath } from '../../../../src/core/services/contract/path';
import type { Session } from '../../../../src/core/services/contract/service';
import type { Resource } from '../../../../src/core/services/contract/resource';
import type { SampleServiceId } from '../../../../src/sample/server';
import { faultCases, pageCases, type FaultCase, type Outcome } from './faultCases';
import { Scenario, targets, type Target } from '../../../support/scenario';
import { ACCOUNT_PATH } from '../../../support/service';
import { writtenInventory } from '../../../support/writtenInventory';

/** So many requests at most while a list is read under a fault: each page of it thrice, and what a failure asks. */
const MAX_REQUESTS = 40;
const { signal } = new AbortController();

/** Everything that a person may read of some rows. */
function getTexts(session: Session, rows: readonly Resource[]): readonly string[] {
  return rows.flatMap((row) => [
    JSON.stringify([row.label, row.description, row.status, row.problem]),
    JSON.stringify(session.properties(row)),
    JSON.stringify(session.actions?.(row) ?? []),
    getLink(session, row),
  ]);
}

/** The address and the request of a row; none for an id that can be part of no address. */
function getLink(session: Session, row: Resource): string {
  try {
    return JSON.stringify([session.webLink(row), session.requestTemplate(row)]);
  } catch (error) {
    assert.ok(error instanceof HttpError && error.kind === 'rejected', String(error));
    return '';
  }
}

function getIds(rows: readonly Resource[]): readonly string[] {
  return rows.filter(({ kind }) => kind !== 'problem').map(({ path }) => path);
}

function getProblems(rows: readonly Resource[]): readonly Resource[] {
  return rows.filter(({ kind }) => kind === 'problem');
}

/** A problem row says what, why and what to do. */
function assertExplained({ problem }: Resource, { what, retry }: FaultCase): void {
  assert.match(problem?.title ?? '', what ?? /\w{3}/);
  assert.match(problem?.detail ?? '', /\w{3}/);
  assert.doesNotMatch(problem?.detail ?? '', /<\/?\w+>|\[object/);
  assert.match(problem?.advice ?? '', /\w{3}/);
  if (what || retry === false) assert.equal(problem?.retryable, retry ?? true);
}

/** The rows of a list under a fault, if they were shown before; none if it was not loaded before. */
function assertRows(
  rows: readonly Resource[],
  shown: readonly Resource[],
  each: FaultCase,
  outcome: Outcome,
): void {
  const [problems, items] = [getProblems(rows), getIds(rows)];
  const wanted = getIds(shown).toSorted();
  for (const row of problems) assertExplained(row, outcome === 'empties' ? { ...each, retry: true } : each);
  const invented = items.filter((id) => !wanted.includes(id));
  if (each.adds) assert.ok(invented.length <= 1, `invented ${invented.join(', ')}`);
  else assert.deepEqual(invented, [], 'nothing is invented');
  const kept = items.filter((id) => wanted.includes(id)).toSorted();
  switch (outcome) {
    case 'fails':
      assert.equal(problems.length, 1, JSON.stringify(problems));
      assert.ok(items.length === 0 || rows.every(({ kind, stale }) => kind === 'problem' || stale));
      break;
    case 'tells':
      assert.ok(problems.length > 0, 'a row says so');
      assert.deepEqual(kept, wanted, 'nothing is lost');
      break;
    case 'heals':
    case 'harmless':
      if (!each.adds) assert.deepEqual(problems, []);
      assert.deepEqual(kept, wanted, 'nothing is lost');
      assert.ok(rows.every(({ stale }) => !stale));
      break;
    case 'empties':
      assert.ok(rows.every(({ kind }) => kind === 'group' || kind === 'problem'));
  }
}

/** Reads a list under a fault, first and again, and heals it each time. */
async function checkList(
  scenario: Scenario,
  { path, shown }: List,
  each: FaultCase,
  outcome: Outcome,
): Promise<void> {
  const { session } = scenario;
  const [secret = assert.fail('a secret')] = scenario.hidden;
  const texts: string[] = [];
  const under = async (options: { readonly refresh: true } | object): Promise<readonly Resource[]> => {
    const heal = scenario.spoil(each.fault(secret));
    const before = scenario.sample.requests.length;
    try {
      const rows = await scenario.store.load(path, { ...options, all: true });
      assert.ok(scenario.sample.requests.length - before <= MAX_REQUESTS, 'it ends in time');
      texts.push(...getTexts(session, rows), ...getTexts(session, scenario.store.accounts()));
      // A refresh that fails has both the rows from before and the failure, so it is exported instead of the first load.
      const isExported = each.fault.length > 0 && 'refresh' in options;
      if (isExported) texts.push(await exported(scenario), await answered(scenario));
      return rows;
    } finally {
      heal();
    }
  };
  const healed = async (): Promise<void> => {
    await scenario.store.retry(path);
    if (outcome === 'tells') await scenario.store.refresh(path);
    const rows = scenario.store.rows(path) ?? [];
    assert.deepEqual([getIds(rows), getProblems(rows)], [getIds(shown), getProblems(shown)], 'it heals');
    assert.ok(rows.every(({ stale }) => !stale));
  };
  const first = await under({});
  assertRows(first, shown, each, outcome);
  if (outcome === 'fails') assert.deepEqual(getIds(first), []);
  await healed();
  const again = await under({ refresh: true });
  assertRows(again, shown, each, outcome);
  if (outcome === 'fails') assert.deepEqual(getIds(again), getIds(shown), 'nothing is lost');
  if (outcome !== 'harmless') await healed();
  const output = [...texts, ...scenario.log].join('\n');
  for (const value of scenario.hidden) assert.ok(!output.includes(value), 'no secret is told');
  scenario.log.length = 0;
}

async function exported({ store, secrets }: Scenario): Promise<string> {
  const format = formats.csv();
  try {
    const { text } = await writtenInventory(store, store.accounts(), { format, signal, secrets });
    return text;
  } catch (error) {
    return placedProblemText(toProblem(error));
  }
}

async function answered({ store, secrets }: Scenario): Promise<string> {
  return answerTool(store, 'connectionsExplorer_listConnections', {}, signal, secrets).catch(String);
}

/** A list of a target, and its rows without faults. */
interface List {
  readonly path: ResourcePath;
  readonly shown: readonly Resource[];
}

function describeTarget(target: Target): void {
  describe(`a list of ${target.id} that meets`, () => {
    let scenario: Scenario;
    const lists: List[] = [];
    before(async () => {
      scenario = await Scenario.start(target, {
        ...{ connections: 3, datasets: 1, backfills: 1, dataViews: 1, krenalisConnections: 3 },
        immuta: { databases: 1, schemas: 1, tables: 1, tasks: 1, runs: 1 },
      });
      for (const kinds of target.lists) {
        const path = (await scenario.find(kinds)) ?? assert.fail(kinds.join(' → '));
        lists.push({ path, shown: await scenario.store.load(path, { all: true }) });
      }
    });
    after(async () => {
      await scenario[Symbol.asyncDispose]();
    });
    for (const each of faultCases) {
      const outcome = each.but?.[target.id] ?? each.outcome;
      it(`${each.name}: ${outcome}`, async () => {
        for (const list of each.isOfFirst ? lists.slice(0, 1) : lists) {
          scenario.forget();
          // Krenalis allows 1,000 requests in a minute.
          scenario.sample.advance(60);
          await scenario.store.resolve(list.path);
          await checkList(scenario, list, each, outcome);
        }
      });
    }
  });
}

/** The faults of a page behind the first, of the services whose lists have pages. */
function describePages(target: Target): void {
  describe(`the second page of a list of ${target.id} that meets`, () => {
    let scenario: Scenario;
    let shown: readonly Resource[] = [];
    before(async () => {
      scenario = await Scenario.start(target, { connections: 25, datasets: 0, dataViews: 0, maxLimit: 10 });
      shown = await scenario.store.load(ACCOUNT_PATH, { all: true });
    });
    after(async () => {
      await scenario[Symbol.asyncDispose]();
    });
    for (const each of pageCases) {
      it(`${each.name}: a row says so, the rows stay, and it recovers`, async () => {
        scenario.forget();
        let heal = scenario.spoil({ skip: 1, ...each.fault('') });
        const first = await scenario.store.load(ACCOUNT_PATH, { all: true });
        heal();
        for (const row of getProblems(first)) assertExplained(row, each);
        const lost = getIds(first).length < shown.length;
        assert.equal(getProblems(first).length, lost ? 1 : 0, 'no list ends silently');
        await scenario.store.retry(ACCOUNT_PATH);
        assert.deepEqual(getIds(scenario.store.rows(ACCOUNT_PATH) ?? []), getIds(shown));
        heal = scenario.spoil({ skip: 1, ...each.fault('') });
        const again = await scenario.store.load(ACCOUNT_PATH, { refresh: true, all: true });
        heal();
        if (each.outcome === 'fails') assert.deepEqual(getIds(again), getIds(shown));
        assert.equal(getProblems(again).length, lost ? 1 : 0);
        await scenario.store.retry(ACCOUNT_PATH);
        assert.deepEqual([...(scenario.store.rows(ACCOUNT_PATH) ?? [])], [...shown]);
      });
    }
  });
}

/** Tries every fault on the lists of a service. */
export function describeFaults(id: SampleServiceId): void {
  const target = targets.find((each) => each.id === id) ?? assert.fail(id);
  describeTarget(target);
  if (id === 'cja' || id === 'immuta') describePages(target);
  it('there are at least 120 faults', () => {
    assert.ok(new Set(faultCases.map(({ name }) => name)).size >= 120);
  });
}
