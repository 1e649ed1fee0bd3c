import { jsonAnswer, type Answer, type Backend, type SampleRequest } from '../common/exchange';
import type { ResolvedOptions } from '../common/options';
import { runOrRefuse } from '../common/refusal';
import { findRoute, type Route } from '../common/routes';
import { batchesPath, listBatches } from './batches';
import { componentRoutes } from './componentRoutes';
import { listAuditLogs } from './auditLog';
import { listBackfills, listConnections, readConnection, searchConnections } from './connectionRoutes';
import * as dataViews from './dataViewRoutes';
import { CjaFailure } from './failures';
import { Gate } from './gate';
import { clientId, clientSecret, Ims } from './ims';
import { Organization } from './organization';
import { dataSourceTypes, organizationId } from './words';

/** The settings and secrets of an account for the sample service. */
export interface CjaCredentials {
  readonly settings: {
    readonly orgId: string;
    readonly clientId: string;
    readonly endpoint: string;
    readonly imsEndpoint: string;
  };
  readonly secrets: { readonly clientSecret: string };
}

/** Changes to the sample organization that requests cannot make. */
export interface CjaHooks {
  /** @returns the ID of a new connection. */
  addConnection(): string;
  renameConnection(id: string, name: string): void;
  removeConnection(id: string): void;
  /** Starts a backfill of the first dataset of a connection, which lasts until `finishBackfills`. */
  beginBackfill(connectionId: string): void;
  /** Ends every queued or running backfill. */
  finishBackfills(): void;
  /** @returns a token as if the user had copied it from Adobe Developer Console. */
  issueToken(): string;
  /** Expires all tokens. */
  expireTokens(): void;
  /** Number of tokens issued so far. */
  tokensIssued(): number;
}

/** Adobe IMS and Adobe Customer Journey Analytics. */
export class Cja implements Backend {
  readonly hooks: CjaHooks;
  readonly #organization: Organization;
  readonly #routes: readonly Route[];
  readonly #ims: Ims;
  readonly #gate: Gate;

  constructor(options: ResolvedOptions) {
    const organization = new Organization(options);
    const ims = new Ims(options);
    this.#organization = organization;
    this.#routes = createRoutes(organization);
    this.#ims = ims;
    this.#gate = new Gate(options, ims);
    this.hooks = {
      addConnection: () => organization.addConnection(),
      renameConnection: (id, name) => {
        organization.renameConnection(id, name);
      },
      removeConnection: (id) => {
        organization.removeConnection(id);
      },
      beginBackfill: (id) => {
        organization.beginBackfill(id);
      },
      finishBackfills: () => {
        organization.finishBackfills();
      },
      issueToken: () => ims.issue(),
      expireTokens: () => {
        ims.expireAll();
      },
      tokensIssued: () => ims.issued,
    };
  }

  /** @param origin of the sample service. */
  credentials(origin: string): CjaCredentials {
    return {
      settings: { orgId: organizationId, clientId, endpoint: origin, imsEndpoint: origin },
      secrets: { clientSecret },
    };
  }

  handle(request: SampleRequest): Answer | undefined {
    if (request.path === '/ims/token/v3') return this.#ims.handle(request);
    if (
      !['data', 'datagroups', 'configuration', 'aresconfig', 'auditlogs'].includes(request.segments[0] ?? '')
    )
      return undefined;
    const refusal = this.#gate.refuse(request);
    if (refusal) return refusal;
    if (request.path === batchesPath) return listBatches(this.#organization, request);
    return runOrRefuse(request, () => jsonAnswer(200, this.#run(request)));
  }

  /** @throws CjaFailure, also for an unknown path or method. */
  #run(request: SampleRequest): unknown {
    const run = findRoute(this.#routes, request);
    if (run === 'method')
      throw new CjaFailure('method_not_allowed', `${request.method} is not supported here`);
    if (!run) throw new CjaFailure('resource_not_found', `There is no ${request.path}`);
    return run();
  }
}

const technicalAccount = '9d1c5b7e-3f2a-4c68-8e07-b45a6d2f1c90@techacct.adobe.com';

const currentUser = {
  userId: technicalAccount,
  email: technicalAccount,
  name: '',
  displayName: '',
  organization: organizationId,
  roles: [],
};

/** All operations, each under its current path first. */
function createRoutes(organization: Organization): readonly Route[] {
  const listViews: Route['run'] = ({ query }) => dataViews.listDataViews(organization, query);
  const createView: Route['run'] = ({ query, body }) => dataViews.createDataView(organization, query, body);
  return [
    get('/data/connections', ({ query }) => listConnections(organization, query)),
    get('/data/connections/search', ({ query }) => searchConnections(organization, query)),
    get('/data/connections/configurationSettings', () => ({ dataSourceTypes })),
    get('/data/connections/*', ({ query }, id = '') => readConnection(organization, query, id)),
    get('/data/connections/*/datasets/*/backfills', ({ query }, id = '', dataSetId = '') =>
      listBackfills(organization, query, id, dataSetId),
    ),
    get('/data/dataviews', listViews),
    get('/datagroups/dataviews', listViews),
    { method: 'POST', pattern: '/data/dataviews', run: createView },
    { method: 'POST', pattern: '/datagroups/dataviews', run: createView },
    ...dataViewRoutes(organization),
    ...componentRoutes(organization),
    get('/auditlogs/api/v1/auditlogs', ({ query }) => listAuditLogs(organization, query)),
    get('/configuration/users/me', () => currentUser),
    get('/aresconfig/users/me', () => ({ id: technicalAccount, email: technicalAccount, fullName: '' })),
  ];
}

/** The operations of one data view. */
function dataViewRoutes(organization: Organization): readonly Route[] {
  const one = '/data/dataviews/*';
  return [
    get(one, ({ query }, id = '') => dataViews.readDataView(organization, query, id)),
    {
      method: 'POST',
      pattern: '/data/dataviews/validate',
      run: ({ body }) => dataViews.validateDataView(organization, body),
    },
    {
      method: 'PUT',
      pattern: one,
      run: ({ query, body }, id = '') => dataViews.modifyDataView(organization, query, body, id),
    },
    {
      method: 'PUT',
      pattern: '/data/dataviews/copy/*',
      run: ({ query }, id = '') => dataViews.copyDataView(organization, query, id),
    },
    { method: 'DELETE', pattern: one, run: (_, id = '') => dataViews.deleteDataView(organization, id) },
  ];
}

function get(pattern: string, run: Route['run']): Route {
  return { method: 'GET', pattern, run };
}
