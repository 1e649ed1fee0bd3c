import { jsonAnswer, type Answer, type Backend, type SampleRequest } from '../common/exchange';
import type { ResolvedOptions } from '../common/options';
import { runOrRefuse } from '../common/refusal';
import { findRoute, type Route } from '../common/routes';
import * as connections from './connectionRoutes';
import type { ConnectionState } from './connection';
import { ImmutaFailure } from './failure';
import * as objects from './objectRoutes';
import { tenantOptions } from './options';
import * as tasks from './taskRoutes';
import { Tenant } from './tenant';
import { apiKey, Tokens } from './tokens';

/** The settings and secrets of an account for the sample service. */
export interface ImmutaCredentials {
  readonly settings: { readonly endpoint: string };
  readonly secrets: { readonly apiKey: string };
}

/** Changes to the sample tenant that requests cannot make. */
export interface ImmutaHooks {
  removeConnection(key: string): void;
  setState(key: string, state: ConnectionState): void;
  /** Ends every waiting or active run. */
  finishRuns(): void;
  /** @returns a token as if the user had copied it from somewhere. */
  issueToken(): string;
  /** Expires all tokens. */
  expireTokens(): void;
  /** Number of tokens issued so far. */
  tokensIssued(): number;
}

/** Immuta's Connections API (private preview), and the part of the older API that issues tokens. */
export class Immuta implements Backend {
  readonly hooks: ImmutaHooks;
  readonly #tokens = new Tokens();
  readonly #routes: readonly Route[];
  readonly #preview: boolean;

  constructor(options: ResolvedOptions) {
    const tenant = new Tenant(tenantOptions(options));
    const tokens = this.#tokens;
    this.#preview = tenant.options.preview;
    this.#routes = createRoutes(tenant);
    this.hooks = {
      removeConnection: (key) => {
        tenant.removeConnection(key);
      },
      setState: (key, state) => {
        tenant.setState(key, state);
      },
      finishRuns: () => {
        tenant.finishRuns();
      },
      issueToken: () => tokens.issue(),
      expireTokens: () => {
        tokens.expireAll();
      },
      tokensIssued: () => tokens.issued,
    };
  }

  /** @param origin of the sample service. */
  credentials(origin: string): ImmutaCredentials {
    return { settings: { endpoint: origin }, secrets: { apiKey } };
  }

  handle(request: SampleRequest): Answer | undefined {
    const [first, second] = request.segments;
    return runOrRefuse(request, () => {
      if (first === 'bim') return this.#authenticate(request);
      return first === 'api' && second === 'connections' ? this.#run(request) : undefined;
    });
  }

  #authenticate(request: SampleRequest): Answer {
    if (request.path !== '/bim/apikey/authenticate' || request.method !== 'POST') throw notFound();
    return this.#tokens.authenticate(request);
  }

  #run(request: SampleRequest): Answer {
    if (!this.#preview) throw notFound();
    this.#tokens.check(request);
    const run = findRoute(this.#routes, request);
    if (run === 'method') throw new ImmutaFailure(405, 'Method Not Allowed');
    if (!run) throw notFound();
    // "Created and accepted for processing" (documentation of DELETE): the status code is inferred.
    return jsonAnswer(request.method === 'DELETE' ? 202 : 200, run());
  }
}

function notFound(): ImmutaFailure {
  return new ImmutaFailure(404, 'Not Found');
}

/** The 19 operations. */
function createRoutes(tenant: Tenant): readonly Route[] {
  const root = '/api/connections';
  const one = `${root}/*`;
  const task = `${one}/tasks/*`;
  const object = `${one}/dataObjects/*`;
  return [
    route('GET', root, (request) => connections.listConnections(tenant, request)),
    route('POST', root, (request) => connections.createConnection(tenant, request)),
    route('POST', `${root}/dataObjects/_search`, (request) => objects.searchDataObjects(tenant, request)),
    route('GET', one, (_, key = '') => connections.getConnection(tenant, key)),
    route('PATCH', one, (request, key = '') => connections.updateConnection(tenant, request, key)),
    route('DELETE', one, (_, key = '') => connections.deleteConnection(tenant, key)),
    route('POST', `${one}/_activate`, (_, key = '') => connections.activate(tenant, key)),
    route('POST', `${one}/_deactivate`, (_, key = '') => connections.deactivate(tenant, key)),
    route('POST', `${one}/_validate`, (_, key = '') => connections.validate(tenant, key)),
    route('GET', object, (_, key = '', id = '') => objects.getDataObject(tenant, key, id)),
    route('PATCH', object, (request, key = '', id = '') =>
      objects.updateDataObject(tenant, request, key, id),
    ),
    route('DELETE', object, (_, key = '', id = '') => objects.deleteDataObject(tenant, key, id)),
    route('GET', `${object}/children`, (request, key = '', id = '') =>
      objects.listChildren(tenant, request, key, id),
    ),
    route('GET', `${one}/tasks`, (request, key = '') => tasks.listTasks(tenant, request, key)),
    route('POST', `${one}/tasks`, (request, key = '') => tasks.createTask(tenant, request, key)),
    route('GET', task, (_, key = '', id = '') => tasks.getTask(tenant, key, id)),
    route('GET', `${task}/runs`, (request, key = '', id = '') => tasks.listRuns(tenant, request, key, id)),
    route('GET', `${task}/runs/*`, (_, key = '', id = '', run = '') => tasks.getRun(tenant, key, id, run)),
    route('POST', `${task}/runs/*/_cancel`, (_, key = '', id = '', run = '') =>
      tasks.cancelRun(tenant, key, id, run),
    ),
  ];
}

function route(method: string, pattern: string, run: Route['run']): Route {
  return { method, pattern, run };
}
