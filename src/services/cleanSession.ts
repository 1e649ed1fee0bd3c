import { cleanLine } from '../text/plainText';
import type { Portrait, Structure, Table } from './portrait';
import type { RunEntry, Runs } from './runs';
import type {
  Action,
  ActionInput,
  Actions,
  Choice,
  Fact,
  Item,
  Outcome,
  Page,
  Problem,
  Resource,
  Session,
  Status,
} from './service';

/**
 * A session whose texts for people are clean lines (`cleanLine`): names, descriptions, words of a status, facts,
 * problems. Every account has such a session, so no view, message, export or tool can be given another text, and what
 * one of them shows another copies. Ids, JSON, drafts and all that is sent back stay as the service wrote them.
 */
export function cleanSession(session: Session): Session {
  const choices = session.choices?.bind(session);
  const findByDataset = session.findByDataset?.bind(session);
  const locate = session.locate?.bind(session);
  const terms = session.terms?.bind(session);
  const { actions, portrait, runs, hasBackfills } = session;
  return present<Session>({
    verify: async (call) => {
      const { name, warning } = await session.verify(call);
      return { name: cleanLine(name), ...(warning && { warning: cleanProblem(warning) }) };
    },
    choices: choices && (async (...asked) => (await choices(...asked)).map(cleanChoice)),
    children: async (...asked) => cleanPage(await session.children(...asked)),
    read: (...asked) => session.read(...asked),
    findByDataset: findByDataset && (async (...asked) => (await findByDataset(...asked)).map(cleanResource)),
    locate: locate && (async (...asked) => (await locate(...asked)).map(cleanResource)),
    terms:
      terms &&
      (async (...asked) =>
        (await terms(...asked)).map(({ id, label, description }) => ({
          id,
          label: cleanLine(label),
          ...(description !== undefined && { description: cleanLine(description) }),
        }))),
    facts: (resource) => session.facts(resource).map(cleanFact),
    webLink: (resource) => session.webLink(resource),
    recipe: (resource) => session.recipe(resource),
    shortId: session.shortId?.bind(session),
    hasBackfills,
    actions: actions && cleanActions(actions),
    portrait: portrait && cleanPortrait(portrait),
    runs: runs && cleanRuns(runs),
    dispose: () => {
      session.dispose();
    },
  });
}

/** All members of an interface, those that are optional as `undefined` where they are absent: none is forgotten. */
type Whole<T> = { readonly [K in keyof Required<T>]: T[K] | undefined };

/** Leaves out what is absent. */
function present<T>(whole: Whole<T>): T {
  return Object.fromEntries(Object.entries(whole).filter(([, member]) => member !== undefined)) as T;
}

function cleanPage(page: Page): Page {
  const { items, parent } = page;
  return { ...page, items: items.map(cleanItem), ...(parent && { parent: cleanResource(parent) }) };
}

function cleanItem({ resource, children }: Item): Item {
  return { resource: cleanResource(resource), ...(children && { children: cleanPage(children) }) };
}

function cleanResource(resource: Resource): Resource {
  const { label, description, status, problem } = resource;
  return {
    ...resource,
    label: cleanLine(label),
    ...(description !== undefined && { description: cleanLine(description) }),
    ...(status && { status: cleanStatus(status) }),
    ...(problem && { problem: cleanProblem(problem) }),
  };
}

function cleanStatus({ state, word }: Status): Status {
  return { state, word: cleanLine(word) };
}

function cleanProblem({ what, why, advice, retry }: Problem): Problem {
  return {
    ...{ what: cleanLine(what), why: cleanLine(why), retry },
    ...(advice !== undefined && { advice: cleanLine(advice) }),
  };
}

function cleanFact(fact: Fact): Fact {
  const { label, value, status } = fact;
  return {
    ...fact,
    ...{ label: cleanLine(label), value: cleanLine(value) },
    ...(status && { status: cleanStatus(status) }),
  };
}

function cleanChoice({ value, label, description }: Choice): Choice {
  return {
    ...{ value, label: cleanLine(label) },
    ...(description !== undefined && { description: cleanLine(description) }),
  };
}

function cleanActions(actions: Actions): Actions {
  const consent = actions.consent?.bind(actions);
  return present<Actions>({
    of: (resource) => actions.of(resource).map(cleanAction),
    draft: (...asked) => actions.draft(...asked),
    preview: (...asked) => actions.preview(...asked),
    consent:
      consent &&
      (async (...asked) => {
        const wanted = await consent(...asked);
        return (
          wanted && {
            application: cleanLine(wanted.application),
            page: (...about) => wanted.page(...about),
            redeem: (...about) => wanted.redeem(...about),
          }
        );
      }),
    perform: async (...asked) => cleanOutcome(await actions.perform(...asked)),
  });
}

function cleanAction(action: Action): Action {
  return { ...action, title: cleanLine(action.title), input: cleanInput(action.input) };
}

function cleanInput(input: ActionInput): ActionInput {
  if (input.kind !== 'fields') return input;
  const fields = input.fields.map((field) => ({
    ...field,
    ...(field.choices && { choices: field.choices.map(cleanChoice) }),
  }));
  return { ...input, fields };
}

function cleanOutcome({ message, changed, run }: Outcome): Outcome {
  return {
    changed,
    ...(message !== undefined && { message: cleanLine(message) }),
    ...(run && {
      run: {
        title: cleanLine(run.title),
        poll: async (call) => {
          const { status, over } = await run.poll(call);
          return { status: cleanStatus(status), over };
        },
      },
    }),
  };
}

function cleanPortrait(portrait: Portrait): Portrait {
  return present<Portrait>({
    tables: (resource) => portrait.tables(resource).map(cleanTable),
    timeline: (resource) => portrait.timeline(resource),
    structureSources: (resource) => portrait.structureSources(resource),
    structure: (...asked) => cleanStructure(portrait.structure(...asked)),
  });
}

function cleanTable(table: Table): Table {
  const columns = table.columns.map((column) => ({
    ...column,
    value: (row: Resource) => {
      const value = column.value(row);
      return value === undefined ? undefined : cleanLine(value);
    },
  }));
  return { ...table, columns, includes: (resource) => table.includes(resource) };
}

function cleanStructure({ nodes, edges }: Structure): Structure {
  return {
    nodes: nodes.map((node) => ({
      ...node,
      label: cleanLine(node.label),
      ...(node.role !== undefined && { role: cleanLine(node.role) }),
      ...(node.status && { status: cleanStatus(node.status) }),
    })),
    edges: edges.map((edge) => ({
      ...edge,
      ...(edge.label !== undefined && { label: cleanLine(edge.label) }),
    })),
  };
}

function cleanRuns(runs: Runs): Runs {
  return present<Runs>({
    current: async (...asked) => {
      const { entries, seen } = await runs.current(...asked);
      return { entries: entries.map(cleanEntry), seen: seen.map(cleanResource) };
    },
    parts: (paths) => runs.parts(paths),
    isLive: (resource) => runs.isLive(resource),
    times: (run) => runs.times(run),
    isListed: runs.isListed?.bind(runs),
  });
}

function cleanEntry({ run, of }: RunEntry): RunEntry {
  return { run: cleanResource(run), of: of.map(cleanLine) };
}
