import type { Answer, Backend, SampleRequest } from '../common/exchange';
import type { ResolvedOptions } from '../common/options';
import { runOrRefuse } from '../common/refusal';
import { findRoute, type Route } from '../common/routes';
import { textAnswer } from './failures';
import { Gate, organizationKey, workspaceKey } from './gate';
import { drawBase58, isOld } from './ids';
import { consentPage } from './oauth';
import { createRoutes } from './operations';
import { Workspace } from './workspace';

/** The settings and secrets of an account for the sample service. */
export interface KrenalisCredentials {
  readonly settings: { readonly endpoint: string; readonly workspace: string };
  readonly secrets: { readonly apiKey: string };
}

/** Changes to the sample installation that requests cannot make. */
export interface KrenalisHooks {
  /** A key that is restricted to the workspace, and works without naming it. */
  readonly restrictedKey: string;
  renameConnection(id: string, name: string): void;
  removeConnection(id: string): void;
  /** Makes the transformation of a pipeline reject items of each run. @param id of the pipeline. */
  rejectItems(id: string, reasons: readonly { readonly message: string; readonly count: number }[]): void;
  setWarehouseMode(mode: 'Normal' | 'Inspection' | 'Maintenance'): void;
  /** True: the database of the warehouse does not respond. */
  setWarehouseDown(down: boolean): void;
  setOrganizationEnabled(enabled: boolean): void;
  /** @param capacity maximum requests of a burst. */
  setRate(perMinute: number, capacity: number): void;
  /** As if another installation were at the address. */
  forgetSyncTokens(): void;
}

/** An installation of Krenalis, HEAD of August 2026 or v0.39. */
export class Krenalis implements Backend {
  readonly hooks: KrenalisHooks;
  readonly #workspace: Workspace;
  readonly #gate: Gate;
  readonly #routes: readonly Route[];
  #answers = 0;

  constructor(private readonly options: ResolvedOptions) {
    this.#workspace = new Workspace(options);
    this.#gate = new Gate(options, String(this.#workspace.id));
    this.#routes = createRoutes(this.#workspace, this.#gate);
    this.hooks = createHooks(this.#workspace, this.#gate);
  }

  /** @param origin of the sample service. */
  credentials(origin: string): KrenalisCredentials {
    const workspace = String(this.#workspace.id);
    return { settings: { endpoint: origin, workspace }, secrets: { apiKey: organizationKey } };
  }

  handle(request: SampleRequest): Answer | undefined {
    if (request.segments[0] !== 'v1') return consentPage(request);
    const { status, headers, body } = this.#answer(request);
    this.#answers += 1;
    const common = { 'cache-control': 'no-store, max-age=0', expires: '0', pragma: 'no-cache' };
    const requestId = isOld(this.options)
      ? {}
      : { 'request-id': drawBase58(17, this.options.seed, 'choice', 1, this.#answers) };
    return { status, headers: { ...common, ...requestId, ...headers }, body };
  }

  #answer(request: SampleRequest): Answer {
    const run = request.path.endsWith('/') ? undefined : findRoute(this.#routes, request);
    if (run === 'method') return textAnswer(405, 'Method Not Allowed', { allow: this.#allowed(request) });
    if (!run) return textAnswer(404, '404 page not found');
    return runOrRefuse(request, () => this.#success(run()));
  }

  /** Writes without a result respond with 200 and no body. */
  #success(value: unknown): Answer {
    const sync = isOld(this.options) ? {} : { 'sync-token': this.#gate.syncToken() };
    if (value === undefined) return { status: 200, headers: sync, body: '' };
    const headers = { 'content-type': 'application/json', ...sync };
    return { status: 200, headers, body: `${JSON.stringify(value)}\n` };
  }

  #allowed(request: SampleRequest): string {
    return this.#routes
      .map(({ method }) => method)
      .filter((method, place, all) => all.indexOf(method) === place)
      .filter((method) => typeof findRoute(this.#routes, { ...request, method }) === 'function')
      .join(', ');
  }
}

function createHooks(workspace: Workspace, gate: Gate): KrenalisHooks {
  return {
    restrictedKey: workspaceKey,
    renameConnection: (id, name) => {
      workspace.get(id).name = name;
    },
    removeConnection: (id) => {
      workspace.remove(workspace.get(id));
    },
    rejectItems: (id, reasons) => {
      workspace.pipeline(id).pipeline.rejected = reasons;
    },
    setWarehouseMode: (mode) => {
      workspace.warehouseMode = mode;
    },
    setWarehouseDown: (down) => {
      workspace.warehouseDown = down;
    },
    setOrganizationEnabled: (enabled) => {
      gate.enabled = enabled;
    },
    setRate: (perMinute, capacity) => {
      gate.rate = { perMinute, capacity };
    },
    forgetSyncTokens: () => {
      gate.forgetSyncTokens();
    },
  };
}
