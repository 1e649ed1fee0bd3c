import { jsonAnswer, type Answer, type Backend, type SampleRequest } from '../common/exchange';
import type { ResolvedOptions } from '../common/options';
import { runOrRefuse } from '../common/refusal';
import { findRoute, type Route } from '../common/routes';
import { DatadogFailure } from './failures';
import { apiKey, applicationKey, Gate, token } from './gate';
import { Profiles } from './profiles';
import { entities, type Entity } from './words';
import { createConnection, deleteConnection, updateConnection } from './writes';

/** The settings and secrets of an account for the sample service. */
export interface DatadogCredentials {
  readonly settings: { readonly endpoint: string };
  readonly secrets: { readonly apiKey: string; readonly applicationKey: string };
}

/** Access for tests to Datadog in the sample service. */
export interface DatadogHooks {
  /** Signs in instead of both keys. */
  readonly token: string;
  /** As if another user had deleted it. */
  removeConnection(entity: Entity, id: string): void;
  /** Sets the number of requests per minute. */
  setLimit(requests: number): void;
}

/** Datadog's Product Analytics, as far as its API is documented. */
export class Datadog implements Backend {
  readonly #profiles: ReadonlyMap<string, Profiles>;
  readonly #routes: readonly Route[];
  readonly #gate: Gate;

  constructor(options: ResolvedOptions) {
    this.#profiles = new Map(entities.map((entity) => [entity, new Profiles(options, entity)]));
    this.#gate = new Gate(options.now);
    this.#routes = createRoutes((entity) => this.#of(entity));
  }

  /** @param origin of the sample service. */
  credentials(origin: string): DatadogCredentials {
    return { settings: { endpoint: origin }, secrets: { apiKey, applicationKey } };
  }

  get hooks(): DatadogHooks {
    return {
      token,
      removeConnection: (entity, id) => {
        this.#of(entity).remove(id);
      },
      setLimit: (requests) => {
        this.#gate.limit = requests;
      },
    };
  }

  handle(request: SampleRequest): Answer | undefined {
    const [, version, area] = request.segments;
    const ours = area === 'validate' || (version === 'v2' && area === 'product-analytics');
    if (!request.path.startsWith('/api/') || !ours) return undefined;
    const answer = this.#gate.refuse(request) ?? this.#answer(request);
    return { ...answer, headers: { ...answer.headers, ...this.#gate.headers() } };
  }

  #answer(request: SampleRequest): Answer {
    if (request.path === '/api/v1/validate') return this.#gate.validate(request);
    return runOrRefuse(request, () => {
      const run = findRoute(this.#routes, request);
      if (typeof run !== 'function')
        throw new DatadogFailure(404, 'Not Found', `There is no ${request.path}`);
      return run() as Answer;
    });
  }

  #of(entity: string): Profiles {
    const profiles = this.#profiles.get(entity);
    if (!profiles) throw new DatadogFailure(404, 'Not Found', `entity ${entity} is not known`);
    return profiles;
  }
}

const root = '/api/v2/product-analytics/*/mapping';

/** All operations (OpenAPI, tag "Rum Audience Management"). Writes respond without a body. */
function createRoutes(of: (entity: string) => Profiles): readonly Route[] {
  const written = (status: number): Answer => ({ status, headers: {}, body: '' });
  return [
    {
      method: 'GET',
      pattern: root,
      run: (_, entity = '') => listed('get_mappings_response', { attributes: of(entity).attributes() }),
    },
    {
      method: 'GET',
      pattern: `${root}/connections`,
      run: (_, entity = '') => listed('list_connections_response', { connections: of(entity).list() }),
    },
    {
      method: 'POST',
      pattern: `${root}/connection`,
      run: ({ body }, entity = '') => {
        createConnection(of(entity), body);
        return written(201);
      },
    },
    {
      method: 'PUT',
      pattern: `${root}/connection`,
      run: ({ body }, entity = '') => {
        updateConnection(of(entity), body);
        return written(200);
      },
    },
    {
      method: 'DELETE',
      pattern: `${root}/connection/*`,
      run: (_, entity = '', id = '') => {
        deleteConnection(of(entity), id);
        return written(204);
      },
    },
  ];
}

/** `data.id` is the constant name of the type, not an id (documented example). */
function listed(type: string, attributes: unknown): Answer {
  return jsonAnswer(200, { data: { attributes, id: type, type } });
}
