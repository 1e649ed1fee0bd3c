import { expectError } from '../../base/errors';
import { type AccountTerms, HttpError } from '../../http/errors';
import { inTurns, type Turns } from '../../base/turns';
import { redactName, type SecretValues, toFinder } from '../../redaction/redact';
import type { SecretFinder } from '../../redaction/secretFinder';
import { cleanLine } from '../../../shared/plainText';
import type {
  DetailViews,
  Structure,
  Table,
  Log,
  LogPage,
  Logs,
  Report,
  Reports,
} from '../contract/detailViews';
import type { RunEntry, RunReport, Runs } from '../contract/runs';
import type { Session } from '../contract/service';
import type { RequestTemplate, GlossaryTerm, Property, ResourceFacts } from '../contract/properties';
import type {
  GetActions,
  ActionResult,
  AuthorizationRequest,
  StartedRun,
  Action,
  ActionInfo,
  ActionInput,
} from '../contract/action';
import type { Choice, Identity } from '../contract/signIn';
import type { Page, PageItem } from '../contract/page';
import type { Resource, Problem, Status } from '../contract/resource';

/**
 * Wraps a session so that all its texts for display are clean lines (`cleanLine`) without secrets
 * (`redactName`): names, descriptions, status labels, properties, problems, errors. Every account is wrapped,
 * so views, messages, exports and tools cannot receive other texts, and all show the same. Services may
 * repeat a key in their data. IDs, JSON, drafts and everything that is sent back stay as the service wrote
 * them.
 * @param secrets are masked. @param account named by failures.
 */
export function cleanSession(session: Session, secrets: SecretValues, account?: AccountTerms): Session {
  const clean = new Cleaner(secrets, account);
  const choices = session.choices?.bind(session);
  const findByDataset = session.findConnectionsByDataset?.bind(session);
  const search = session.searchConnections?.bind(session);
  const locate = session.findById?.bind(session);
  const terms = session.glossaryTerms?.bind(session);
  const facts = session.facts?.bind(session);
  const { actions, detailViews, reports, logs, runs, hasBackfills } = session;
  return present<Session>({
    verify: (call) => clean.failing(async () => clean.identity(await session.verify(call))),
    choices:
      choices &&
      ((...asked) => clean.failing(async () => (await choices(...asked)).map((each) => clean.choice(each)))),
    children: (...asked) =>
      clean.failing(async () => clean.page(await session.children(...asked), asked[2].turns)),
    read: (...asked) => clean.failing(() => session.read(...asked)),
    findConnectionsByDataset:
      findByDataset &&
      ((...asked) => clean.failing(async () => clean.resources(await findByDataset(...asked)))),
    searchConnections:
      search && ((...asked) => clean.failing(async () => clean.resources(await search(...asked)))),
    findById: locate && ((...asked) => clean.failing(async () => clean.resources(await locate(...asked)))),
    glossaryTerms:
      terms &&
      ((...asked) => clean.failing(async () => (await terms(...asked)).map((each) => clean.term(each)))),
    properties: (resource) => session.properties(resource).map((fact) => clean.fact(fact)),
    facts: facts && ((resource) => clean.facts(facts(resource))),
    webLink: (resource) => session.webLink(resource),
    requestTemplate: (resource) => clean.recipe(session.requestTemplate(resource)),
    shortId: session.shortId?.bind(session),
    hasBackfills,
    actions: actions && cleanActions(actions, clean),
    detailViews: detailViews && cleanPortrait(detailViews, clean),
    reports: reports && cleanReports(reports, clean),
    logs: logs && cleanLogs(logs, clean),
    runs: runs && cleanRuns(runs, clean),
    dispose: () => {
      session.dispose();
    },
  });
}

/** All members of an interface, with optional ones as `undefined` if absent, so that none is forgotten. */
type Whole<T> = { readonly [K in keyof Required<T>]: T[K] | undefined };

/** Removes absent members. */
function present<T>(whole: Whole<T>): T {
  return Object.fromEntries(Object.entries(whole).filter(([, member]) => member !== undefined)) as T;
}

function cleanActions(actions: GetActions, clean: Cleaner): GetActions {
  return (resource) => actions(resource).map((action) => cleanAction(action, clean));
}

/** `never`, so that nothing can be returned, if an action gets a member that {@link cleanAction} forgets. */
type CleanAction =
  Exclude<keyof Action, keyof ActionInfo | 'draft' | 'preview' | 'consent' | 'perform'> extends never
    ? Action
    : never;

/** Written out, because the tree asks for the actions of each row that it draws: a thousand for a key in the filter. */
function cleanAction(action: Action, clean: Cleaner): CleanAction {
  const { id, verb, title, confirmation, input, obstacle, draft, preview, consent, perform } = action;
  return {
    id,
    verb,
    title: clean.title(title),
    confirmation,
    input: clean.input(input),
    perform: (...asked) => clean.failing(async () => clean.outcome(await perform(...asked))),
    ...(obstacle && { obstacle }),
    ...(draft && { draft: (call) => clean.failing(() => draft(call)) }),
    ...(preview && { preview: (...asked) => clean.failing(() => preview(...asked)) }),
    ...(consent && {
      consent: (...asked) => clean.failing(async () => clean.consent(await consent(...asked))),
    }),
  };
}

function cleanPortrait(portrait: DetailViews, clean: Cleaner): DetailViews {
  return present<DetailViews>({
    accountLevels: portrait.accountLevels?.bind(portrait),
    tables: (resource) => portrait.tables(resource).map((table) => clean.table(table)),
    timeline: (resource) => portrait.timeline(resource),
    structureInputs: (resource) => portrait.structureInputs(resource),
    structure: (...asked) => clean.structure(portrait.structure(...asked)),
  });
}

function cleanReports(reports: Reports, clean: Cleaner): Reports {
  return {
    title: (resource) => reports.title(resource),
    explainsFailure: (resource) => reports.explainsFailure(resource),
    read: (...asked) => clean.failing(async () => clean.reportTable(await reports.read(...asked))),
  };
}

function cleanLogs(logs: Logs, clean: Cleaner): Logs {
  return Object.fromEntries(Object.entries(logs).map(([id, log]) => [id, cleanLog(log, clean)]));
}

function cleanLog(log: Log, clean: Cleaner): Log {
  return {
    columns: log.columns,
    appliesTo: (resource) => log.appliesTo(resource),
    emptyText: (resource) => log.emptyText(resource),
    read: (...asked) => clean.failing(async () => clean.logPage(await log.read(...asked))),
  };
}

function cleanRuns(runs: Runs, clean: Cleaner): Runs {
  return present<Runs>({
    fetchRuns: (...asked) => clean.failing(async () => clean.report(await runs.fetchRuns(...asked))),
    batches: (paths) => runs.batches(paths),
    isActive: (resource) => runs.isActive(resource),
    countActive: runs.countActive?.bind(runs),
    countRuns: runs.countRuns?.bind(runs),
    times: (run) => runs.times(run),
    matchesListFilter: runs.matchesListFilter?.bind(runs),
  });
}

/** More than there are combinations of counts in use. */
const MAX_STATUSES = 1000;

/** A service has a few dozen titles. A connector may name itself in one. */
const MAX_TITLES = 500;

/** Cleans the values that a session returns. */
class Cleaner {
  readonly #statuses = new Map<string, Status>();
  /** The titles of actions, cleaned with the finder: every row has the same few. */
  readonly #titles = new WeakMap<SecretFinder, Map<string, string>>();

  constructor(
    private readonly secrets: SecretValues,
    private readonly account: AccountTerms | undefined,
  ) {}

  /** @param secrets those of the moment, found once for several texts. */
  text(text: string, secrets = this.secrets): string {
    return redactName(cleanLine(text), secrets);
  }

  title(text: string): string {
    const finder = toFinder(this.secrets);
    const titles = this.#titles.get(finder) ?? new Map<string, string>();
    const known = titles.get(text);
    if (known !== undefined) return known;
    const title = redactName(cleanLine(text), { finder });
    if (titles.size < MAX_TITLES) this.#titles.set(finder, titles.set(text, title));
    return title;
  }

  identity({ name, warning }: Identity): Identity {
    return { name: this.text(name), ...(warning && { warning: this.problem(warning) }) };
  }

  /** In time slices, because included levels may make a page long. */
  page(page: Page, turns: Turns | undefined): Promise<Page> {
    return inTurns(this.#page(page), turns);
  }

  *#page(page: Page): Generator<void, Page> {
    const { items, parent, updated: seen } = page;
    const cleaned: PageItem[] = [];
    for (const { resource, children } of items) {
      const below = children && (yield* this.#page(children));
      cleaned.push({ resource: this.resource(resource), ...(below && { children: below }) });
      yield;
    }
    return {
      ...{ ...page, items: cleaned },
      ...(parent && { parent: this.resource(parent) }),
      ...(seen && { updated: this.resources(seen) }),
    };
  }

  /** Search attributes stay, because links are built from them. */
  resource(resource: Resource): Resource {
    const { status, problem } = resource;
    const secrets = { finder: toFinder(this.secrets) };
    return {
      ...resource,
      ...this.shown(resource, secrets),
      ...(status && { status: this.status(status, secrets) }),
      ...(problem && { problem: this.problem(problem) }),
    };
  }

  resources(resources: readonly Resource[]): readonly Resource[] {
    return resources.map((resource) => this.resource(resource));
  }

  /** One object for all rows with the same status: they have few different ones. */
  status({ state, label }: Status, secrets = this.secrets): Status {
    const status = { state, label: this.text(label, secrets) };
    const key = `${state} ${status.label}`;
    const known = this.#statuses.get(key);
    if (known) return known;
    if (this.#statuses.size >= MAX_STATUSES) this.#statuses.clear();
    this.#statuses.set(key, status);
    return status;
  }

  problem({ place, title, detail, advice, retryable, editsAccount, cause }: Problem): Problem {
    return {
      ...{ title: this.text(title), detail: this.text(detail), retryable },
      ...(advice !== undefined && { advice: this.text(advice) }),
      ...(place !== undefined && { place: this.text(place) }),
      ...(editsAccount !== undefined && { editsAccount }),
      ...(cause !== undefined && { cause: this.text(cause) }),
    };
  }

  fact(fact: Property): Property {
    const { label, value, hint, status } = fact;
    return {
      ...fact,
      ...{ label: this.text(label), value: this.text(value) },
      ...(hint !== undefined && { hint: this.text(hint) }),
      ...(status && { status: this.status(status) }),
    };
  }

  facts({ created, modified, lastData, ...counts }: ResourceFacts): ResourceFacts {
    return {
      ...counts,
      ...(created !== undefined && { created: this.text(created) }),
      ...(modified !== undefined && { modified: this.text(modified) }),
      ...(lastData !== undefined && { lastData: this.text(lastData) }),
    };
  }

  choice(choice: Choice): Choice {
    return { value: choice.value, ...this.shown(choice), ...this.#cleanProblem(choice) };
  }

  term(term: GlossaryTerm): GlossaryTerm {
    return { id: term.id, ...this.shown(term), ...this.#cleanProblem(term) };
  }

  #cleanProblem({ problem }: { readonly problem?: Problem }): { readonly problem?: Problem } {
    return problem ? { problem: this.problem(problem) } : {};
  }

  shown({ label, description }: Described, secrets = this.secrets): Described {
    return {
      label: this.text(label, secrets),
      ...(description !== undefined && { description: this.text(description, secrets) }),
    };
  }

  recipe(recipe: RequestTemplate | undefined): RequestTemplate | undefined {
    if (!recipe) return undefined;
    const { method, url, headers } = recipe;
    const hidden = Object.entries(headers).map(([name, value]) => [name, redactName(value, this.secrets)]);
    return {
      method,
      url: redactName(url, this.secrets),
      headers: Object.fromEntries(hidden) as typeof headers,
    };
  }

  input(input: ActionInput): ActionInput {
    if (input.kind !== 'fields') return input;
    const fields = input.fields.map((field) => ({
      ...field,
      ...(field.choices && { choices: field.choices.map((choice) => this.choice(choice)) }),
    }));
    return { ...input, fields };
  }

  consent(consent: AuthorizationRequest | undefined): AuthorizationRequest | undefined {
    return (
      consent && {
        application: this.text(consent.application),
        authorizationUrl: (...about) => this.failing(() => consent.authorizationUrl(...about)),
        exchangeCode: (...about) => this.failing(() => consent.exchangeCode(...about)),
      }
    );
  }

  outcome({ message, changed, run }: ActionResult): ActionResult {
    return {
      changed,
      ...(message !== undefined && { message: this.text(message) }),
      ...(run && { run: this.run(run) }),
    };
  }

  run(run: StartedRun): StartedRun {
    return {
      title: this.text(run.title),
      poll: (call) =>
        this.failing(async () => {
          const { status, over } = await run.poll(call);
          return { status: this.status(status), over };
        }),
    };
  }

  #optional(text: string | undefined): string | undefined {
    return text === undefined ? undefined : this.text(text);
  }

  table(table: Table): Table {
    const columns = table.columns.map((column) => ({
      ...column,
      value: (row: Resource) => this.#optional(column.value(row)),
      hint: (row: Resource) => this.#optional(column.hint?.(row)),
    }));
    return { ...table, columns, includes: (resource) => table.includes(resource) };
  }

  reportTable({ columns, rows, note, summary }: Report): Report {
    return {
      columns: columns.map(({ label, kind }) => ({ label: this.text(label), kind })),
      rows: rows.map((cells) => cells.map((cell) => this.text(cell))),
      ...(note !== undefined && { note: this.text(note) }),
      summary: summary.map((fact) => this.fact(fact)),
    };
  }

  logPage(page: LogPage): LogPage {
    return {
      ...page,
      entries: page.entries.map((entry) => ({
        ...entry,
        cells: entry.cells.map((cell) => this.text(cell)),
        ...(entry.status && { status: this.status(entry.status) }),
      })),
    };
  }

  structure({ nodes, edges }: Structure): Structure {
    return {
      nodes: nodes.map((node) => ({
        ...node,
        label: this.text(node.label),
        ...(node.role !== undefined && { role: this.text(node.role) }),
        ...(node.status && { status: this.status(node.status) }),
      })),
      edges: edges.map((edge) => ({
        ...edge,
        ...(edge.label !== undefined && { label: this.text(edge.label) }),
      })),
    };
  }

  /** In time slices, because an account may have thousands of runs. */
  report(report: RunReport): Promise<RunReport> {
    return inTurns(this.#report(report));
  }

  *#report({ entries, updated, problems }: RunReport): Generator<void, RunReport> {
    const cleaned: RunEntry[] = [];
    for (const { run, ancestors } of entries) {
      cleaned.push({ run: this.resource(run), ancestors: ancestors.map((name) => this.text(name)) });
      yield;
    }
    const cleanSeen: Resource[] = [];
    for (const resource of updated) {
      cleanSeen.push(this.resource(resource));
      yield;
    }
    return {
      ...{ entries: cleaned, updated: cleanSeen },
      ...(problems && { problems: this.resources(problems) }),
    };
  }

  /** Masks secrets in the error of failed work. */
  async failing<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      const failure = expectError(error, HttpError);
      const placed = this.account ? failure.ofAccount(this.account) : failure;
      throw placed.mapTexts((text) => redactName(text, this.secrets));
    }
  }
}

interface Described {
  readonly label: string;
  readonly description?: string;
}
