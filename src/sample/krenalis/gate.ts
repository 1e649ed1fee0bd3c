import type { SampleRequest } from '../common/exchange';
import type { ResolvedOptions } from '../common/options';
import { badRequest, KrenalisFailure, PlainFailure } from './failures';
import { drawBase58, isId, isOld } from './ids';

/** Two keys of 53 characters, as the service creates them. They only work for the sample. */
export const organizationKey = `api_${'SampleKeyOfTheOrganization'.padEnd(49, '1')}`;
export const workspaceKey = `api_${'SampleKeyOfTheWorkspace'.padEnd(49, '2')}`;

/** The scope of an operation: the workspace, the organization, or neither in particular. */
export type Scope = 'workspace' | 'organization' | 'any';

/** The checks before every operation, with the messages of the real service (recorded). */
export class Gate {
  /** What an administrator can change. */
  enabled = true;
  /** Requests per minute, and the maximum burst. */
  rate = { perMinute: 1000, capacity: 1000 };
  #spent = 0;
  #countedAt = 0;
  #tokens = 0;
  #epoch = 0;

  constructor(
    private readonly options: ResolvedOptions,
    private readonly workspaceId: string,
  ) {}

  /** Makes all issued tokens unknown, as if another installation were at the address. */
  forgetSyncTokens(): void {
    this.#epoch += 1;
  }

  /** A sync token, which requests may send back. */
  syncToken(): string {
    this.#tokens += 1;
    return `${this.#epoch + 1}${drawBase58(48, this.options.seed, 'choice', this.#tokens)}`;
  }

  /** @throws KrenalisFailure or PlainFailure if the request may not pass. */
  admit(request: SampleRequest, scope: Scope): void {
    const token = request.headers['sync-token'];
    if (token !== undefined && !isOld(this.options) && !token.startsWith(String(this.#epoch + 1))) {
      throw new PlainFailure(400, 'Request contains an invalid Sync-Token header');
    }
    checkBody(request);
    this.#checkWorkspace(readKey(request.headers.authorization), request, scope);
    if (!this.enabled) {
      throw new KrenalisFailure('OrganizationDisabled', 'organization Td5EnJ5J8c7w is disabled');
    }
    if (scope !== 'organization') this.#spend();
  }

  #checkWorkspace(key: string, { headers }: SampleRequest, scope: Scope): void {
    const workspace = headers['krenalis-workspace'];
    const restricted = key === workspaceKey;
    if (scope === 'organization' && (restricted || workspace !== undefined)) {
      throw new KrenalisFailure('Unauthorized', 'organization request cannot specify a workspace');
    }
    if (restricted && workspace !== undefined)
      throw badRequest('"Krenalis-Workspace" header cannot be provided with a workspace restricted key');
    if (restricted || scope !== 'workspace') return;
    const form = "in the format 'Krenalis-Workspace: <WORKSPACE_ID>'";
    if (workspace === undefined)
      throw new KrenalisFailure('Forbidden', `Krenalis-Workspace header is missing; provide it ${form}`);
    if (!isId(this.options, workspace))
      throw badRequest(`Krenalis-Workspace header is invalid; it should be ${form}`);
    if (workspace !== this.workspaceId)
      throw new KrenalisFailure('NotFound', `workspace ${workspace} does not exist`);
  }

  /** A token bucket, from which every request takes one. */
  #spend(): void {
    const now = this.options.now();
    const { perMinute, capacity } = this.rate;
    this.#spent = Math.max(0, this.#spent - ((now - this.#countedAt) / 60_000) * perMinute);
    this.#countedAt = now;
    if (this.#spent + 1 > capacity) {
      const wait = Math.max(1, Math.ceil(((this.#spent + 1 - capacity) / perMinute) * 60));
      throw new KrenalisFailure(
        'TooManyRequests',
        'rate limit exceeded; retry according to the Retry-After header',
        { 'retry-after': String(wait) },
      );
    }
    this.#spent += 1;
  }
}

function readKey(authorization: string | undefined): string {
  if (authorization === undefined) {
    throw unauthorized('Authorization header with the API key is not present in the request');
  }
  const key = /^Bearer\s+(\S+)$/i.exec(authorization)?.[1];
  if (key === undefined) {
    throw badRequest(
      "Authorization header is invalid; it should be in the format 'Authorization: Bearer <YOUR_API_KEY>'",
    );
  }
  if (!key.startsWith('api_')) throw badRequest('API key is not valid; API keys start with the api_ prefix');
  const where = 'API key in the Authorization header of the request';
  if (key.length !== organizationKey.length) throw unauthorized(`${where} is malformed`);
  if (key !== organizationKey && key !== workspaceKey) throw unauthorized(`${where} does not exist`);
  return key;
}

function unauthorized(message: string): KrenalisFailure {
  return new KrenalisFailure('Unauthorized', message);
}

function checkBody({ method, body, headers }: SampleRequest): void {
  if (body === '') return;
  if (method === 'GET' || method === 'DELETE') throw badRequest('request body not allowed');
  if (headers['content-type'] !== 'application/json')
    throw badRequest("request's content type must be 'application/json'");
  if (body.length > 500 * 1024) throw badRequest('request body is too large');
}
