/**
 * Every kind of failure, for every way of signing in to every service, as a person reads it: where, why, what to do; and
 * nothing that this way of signing in has not.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { after, describe, it } from 'node:test';
import * as l10n from '@vscode/l10n';
import { accountToEdit, toProblem, placedProblemText } from '../../../../src/core/services/common/problem';
import { Sessions } from '../../../../src/features/accounts/sessions';
import { toForm, toSteps } from '../../../../src/features/accounts/signInForm';
import { createHttpClient } from '../../../../src/core/http/client';
import type { Timeouts } from '../../../../src/core/http/attempt';
import { HttpError } from '../../../../src/core/http/errors';
import { BodyTooLargeError } from '../../../../src/core/http/networkError';
import type { Fetch, FetchResponse } from '../../../../src/core/http/fetch';
import { KnownSecrets } from '../../../../src/core/redaction/knownSecrets';
import { Emitter } from '../../../../src/core/base/emitter';
import { accountPath, childPath } from '../../../../src/core/services/contract/path';
import { loadedService, loadedServices } from '../../../support/loadedServices';
import type { LoadedService } from '../../../../src/core/services/contract/service';
import type { SignInMethod, Field, Secrets, Account } from '../../../../src/core/services/contract/signIn';
import type { Resource } from '../../../../src/core/services/contract/resource';
import { root } from '../../../scripts/lib/paths';
import { isAddress } from '../../../support/signIns';

/** What an account of each way is made of. A way without a line here fails. */
const SIGN_INS: Readonly<
  Record<string, { readonly settings: Account['settings']; readonly secrets: Secrets }>
> = {
  'cja oauth': { settings: { orgId: 'A@AdobeOrg', clientId: 'id' }, secrets: { clientSecret: 'p4ssw0rd-1' } },
  'cja token': { settings: { orgId: 'A@AdobeOrg', clientId: 'id' }, secrets: { accessToken: 'p4ssw0rd-2' } },
  'datadog keys': { settings: {}, secrets: { apiKey: 'p4ssw0rd-3', applicationKey: 'p4ssw0rd-4' } },
  'datadog token': { settings: {}, secrets: { token: 'p4ssw0rd-5' } },
  'krenalis apiKey': {
    settings: { endpoint: 'https://krenalis.example' },
    secrets: { apiKey: 'api_p4ssw0rd-6' },
  },
  'immuta apiKey': { settings: { endpoint: 'https://immuta.example' }, secrets: { apiKey: 'p4ssw0rd-7' } },
  'immuta token': { settings: { endpoint: 'https://immuta.example' }, secrets: { token: 'p4ssw0rd-8' } },
};

/** An answer, or what the network throws; undefined for no answer at all. */
type Answer =
  | { readonly status: number; readonly body?: string; readonly headers?: Readonly<Record<string, string>> }
  | Error
  | undefined;

interface Failure {
  readonly name: string;
  readonly answer: () => Answer;
  /** The cause, as the message has to state it. */
  readonly says: RegExp;
  /** The services that send it; all if absent. */
  readonly of?: readonly string[];
  /** The sign-in methods for which it can occur; all if absent. */
  readonly ways?: readonly string[];
  /** True if it can occur when a token is requested. */
  readonly atSignIn?: boolean;
  /** Milliseconds: for those that take too long. */
  readonly timeouts?: Partial<Timeouts>;
}

const thrown = (code: string, message = code): Error => Object.assign(new Error(message), { code });
const network = (code: string): Failure => ({
  name: code,
  answer: () => thrown(code),
  says: new RegExp(code),
});
const status = (code: number, body = '', headers = {}): Failure => ({
  name: `HTTP ${code}${body === '' ? '' : ` ${body.slice(0, 40)}`}${JSON.stringify(headers)}`,
  answer: () => ({ status: code, body, headers }),
  says: new RegExp(`HTTP ${code}|too many|redirects`),
});
const page = '<!DOCTYPE html><title>Gateway</title><p>No';

const FAILURES: readonly Failure[] = [
  ...['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED', 'ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ETIMEDOUT'].map(
    network,
  ),
  ...['EHOSTUNREACH', 'ENETUNREACH', 'ENETDOWN', 'EPROTO', 'ERR_SSL_WRONG_VERSION_NUMBER'].map(network),
  ...['CERT_HAS_EXPIRED', 'SELF_SIGNED_CERT_IN_CHAIN', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'].map(network),
  ...['ERR_TLS_CERT_ALTNAME_INVALID', 'HPE_INVALID_CONSTANT', 'Z_DATA_ERROR', 'EOTHER'].map(network),
  ...['ERR_STREAM_PREMATURE_CLOSE', 'ERR_INVALID_CHAR'].map((code): Failure => ({
    ...network(code),
    says: /cut off|cannot be sent/,
  })),
  {
    name: 'no connection',
    answer: () => undefined,
    timeouts: { connect: 5 },
    says: /No connection to .* within/,
  },
  { name: 'no answer', answer: () => undefined, timeouts: { request: 20 }, says: /did not respond within/ },
  {
    name: 'too much',
    answer: () => new BodyTooLargeError('large'),
    says: /too large to read/,
  },
  ...[400, 401, 402, 403, 404, 405, 407, 408, 409, 410, 413, 415, 418, 422, 429, 451].map((code) =>
    status(code),
  ),
  ...[500, 501, 502, 503, 504, 520, 530].map((code) => status(code)),
  ...[401, 403, 404, 407, 500, 502, 503].map((code) => status(code, page)),
  ...[401, 403, 404, 409, 429, 500].map((code) => status(code, '{"message":"Forbidden"}')),
  status(302, '', { location: 'https://login.example/' }),
  status(429, '', { 'retry-after': '3600' }),
  ...[page, '', '{"a":', '[]', '{}', '{"message":"Maintenance"}', '"x"'].map((body): Failure => ({
    name: `200 ${body}`,
    answer: () => ({ status: 200, body }),
    says: /web page|empty|corrupt|not a list|no list|not an object|Maintenance|does not identify|could not be/,
  })),
  ...['401013', '403000', '403003', '403010', '403011', '403023', '403024', '403027', '429001'].map(
    (code): Failure => ({
      name: `Adobe ${code}`,
      of: ['cja'],
      answer: () => ({
        status: Number(code.slice(0, 3)),
        body: JSON.stringify({ error_code: code, message: 'm' }),
      }),
      says: new RegExp(code),
    }),
  ),
  ...['insufficient_access', 'invalid_access', 'resource_not_found', 'invalid_token'].map(
    (errorCode): Failure => ({
      name: `Adobe ${errorCode}`,
      of: ['cja'],
      answer: () => ({ status: 403, body: JSON.stringify({ errorCode, errorDescription: 'd' }) }),
      says: new RegExp(errorCode),
    }),
  ),
  ...['invalid_client', 'invalid_scope', 'unauthorized_client', 'invalid_client_id'].flatMap((error) =>
    ['client_secret', 'client_id', 'x'].map((about): Failure => ({
      name: `IMS ${error} ${about}`,
      of: ['cja'],
      ways: ['oauth'],
      atSignIn: true,
      answer: () => ({ status: 400, body: JSON.stringify({ error, error_description: `invalid ${about}` }) }),
      says: new RegExp(`${error}.*${about}`),
    })),
  ),
  ...(
    [
      [400, 'API key is not valid'],
      [400, 'Authorization header is missing'],
      [400, 'a workspace restricted key cannot have it'],
      [400, 'Krenalis-Workspace header is malformed'],
      [400, 'name is empty'],
      [401, 'Unauthorized'],
      [403, 'Forbidden'],
      [404, 'workspace does not exist'],
      [404, 'connection does not exist'],
      [503, 'Unavailable'],
    ] as const
  ).map(([code, message]): Failure => ({
    name: `Krenalis ${code} ${message}`,
    of: ['krenalis'],
    answer: () => ({ status: code, body: JSON.stringify({ error: { code: 'C', message } }) }),
    says: new RegExp(message),
  })),
  ...[
    'OrganizationDisabled',
    'WorkspaceNotExist',
    'MaintenanceMode',
    'InspectionMode',
    'AuthenticationFailed',
  ].map((code): Failure => ({
    name: `Krenalis ${code}`,
    of: ['krenalis'],
    answer: () => ({ status: 422, body: JSON.stringify({ error: { code, message: 'm' } }) }),
    says: new RegExp(code),
  })),
  ...[401, 403, 500].map((code): Failure => ({
    ...status(code),
    name: `Immuta's key is refused with ${code}`,
    of: ['immuta'],
    ways: ['apiKey'],
    atSignIn: true,
  })),
  ...['ENOTFOUND', 'ECONNREFUSED', 'CERT_HAS_EXPIRED'].map((code): Failure => ({
    ...network(code),
    name: `${code} where tokens are made`,
    of: ['cja', 'immuta'],
    ways: ['oauth', 'apiKey'],
    atSignIn: true,
  })),
];

/** An account of one way, with the service's own addresses or with those of the user. */
interface Way {
  readonly service: LoadedService;
  readonly method: SignInMethod;
  readonly settings: Account['settings'];
  readonly secrets: Secrets;
  readonly name: string;
}

function getWays(service: LoadedService): readonly Way[] {
  return service.methods.flatMap((method) => {
    const { settings, secrets } =
      SIGN_INS[`${service.id} ${method.id}`] ?? assert.fail(`no line for ${method.id}`);
    const own = service.options.filter(isAddress).map(({ key }) => [key, 'https://own.example'] as const);
    const name = `${service.id} ${method.id}`;
    const plain: Way = { service, method, settings, secrets, name };
    if (own.length === 0) return [plain];
    return [
      plain,
      { ...plain, settings: { ...settings, ...Object.fromEntries(own) }, name: `${name}, own address` },
    ];
  });
}

const services = loadedServices();

const isTokenRequest = (url: string): boolean => /\/ims\/token|\/bim\/apikey/.test(url);

function getFetch({ answer, atSignIn = false }: Failure): Fetch {
  return async (url, { signal }) => {
    if (isTokenRequest(url) && !atSignIn)
      return toResponse({ status: 200, body: '{"access_token":"t0ken-made","token":"t0ken-made"}' });
    const given = answer();
    if (given instanceof Error) throw given;
    if (given) return toResponse(given);
    return new Promise((_, reject) => {
      signal.addEventListener('abort', () => {
        reject(signal.reason as Error);
      });
    });
  };
}

function toResponse({
  status: code,
  body = '',
  headers = {},
}: Exclude<Answer, Error | undefined>): FetchResponse {
  return {
    status: code,
    headers: Object.entries(headers),
    body: Readable.from([Buffer.from(body)]),
  };
}

function getSessions({ service, settings, secrets }: Way, failure: Failure): Sessions {
  const account: Account = {
    ...{ id: 'a1', service: service.id, name: 'Retail', production: false, sample: false },
    settings,
  };
  return new Sessions({
    accounts: {
      credentials: () => Promise.resolve({ account, secrets }),
      onDidChange: new Emitter<readonly string[]>().event,
    },
    services,
    knownSecrets: new KnownSecrets(),
    http: () =>
      Promise.resolve((options) =>
        createHttpClient(
          { ...options, rateLimit: { requests: 10_000, interval: 1 } },
          {
            log: () => undefined,
            fetch: getFetch(failure),
            sleep: () => Promise.resolve(),
            timeouts: { connect: 10_000, request: 30_000, ...failure.timeouts },
          },
        ),
      ),
    resolveSecrets: (secrets) => Promise.resolve(secrets),
    startSample: () => assert.fail('no sample'),
  });
}

/** What goes wrong when the account is verified, and when its connections are listed. */
async function getErrors(way: Way, failure: Failure): Promise<readonly HttpError[]> {
  const sessions = getSessions(way, failure);
  try {
    const session = await sessions.of('a1');
    const top = accountPath('a1');
    const account: Resource = { path: top, kind: 'account', id: 'a1', label: 'Retail', hasChildren: true };
    const entity: Resource = {
      ...account,
      path: childPath(top, 'entity', 'users'),
      kind: 'entity',
      id: 'users',
    };
    const parent = way.service.id === 'datadog' ? entity : account;
    const asked = [
      () => session.verify({}),
      () => session.children(parent, { size: 10, bypassCache: true, depth: 0 }, {}),
    ];
    const errors: HttpError[] = [];
    for (const ask of asked) {
      await ask().then(
        () => undefined,
        (error: unknown) => {
          assert.ok(error instanceof HttpError, String(error));
          errors.push(error);
        },
      );
    }
    return errors;
  } finally {
    sessions.dispose();
  }
}

const getFields = (service: LoadedService): readonly Field[] => [
  ...service.methods.flatMap(({ fields }) => fields),
  ...service.options,
];

/** In quotes, these are settings of VS Code. */
const VSCODE_SETTINGS = ['http.proxy', 'http.systemCertificates'];

/** The labels of the fields in the form of an account with this sign-in method. */
function formLabels(service: LoadedService, { settings, secrets }: Way): readonly string[] {
  const account: Account = {
    ...{ id: 'a1', service: service.id, name: 'Retail', production: false, sample: false },
    settings,
  };
  const steps = toSteps(toForm(account, service, secrets), [service]);
  return [
    ...steps.flatMap((step) => (step.kind === 'field' ? [step.field.label] : [])),
    ...service.options.map(({ label }) => label),
  ];
}

/** The advice is about nothing that this way has not. */
function assertFits(way: Way, advice: string): void {
  // Loaded again, because the texts of a form are in the language that is set when it is loaded.
  const service = loadedService(way.service.id);
  const labels = formLabels(service, way);
  const titles = service.methods.map(({ title }) => title);
  for (const [, label = ''] of advice.matchAll(/["„]([^"“”]+)["“”]/g))
    assert.ok(
      [...labels, ...titles, ...VSCODE_SETTINGS].includes(label),
      `"${label}" is no field of ${way.name}`,
    );
  // Another way may be recommended by its title.
  const own = titles.reduce(
    (text, title) => text.replaceAll(new RegExp(`["„]${title}["“]`, 'g'), ''),
    advice,
  );
  const secretFields = loadedServices()
    .flatMap(getFields)
    .filter(({ secret }) => secret);
  const others = secretFields.filter(({ label }) => !labels.includes(label));
  for (const { label } of others) {
    if (labels.some((known) => known.includes(label))) continue;
    assert.ok(!own.toLowerCase().includes(label.toLowerCase()), `${label}: ${advice}`);
  }
}

/** What a sentence in English says to do. */
const NEXT_STEP =
  /\b(?:Ask|Add|Change|Check|Choose|Copy|Create|Delete|Edit|Enable|Enter|Generate|Look|Open|Refresh|Select|Try|Use|Wait|Install|install)\b/i;

/** Words that need a field of that name, or something else that not every account has. */
function assertWordsFit({ service, method, settings }: Way, advice: string): void {
  const labels = method.fields.map(({ label }) => label.toLowerCase()).join(' ');
  const own = advice.replaceAll(/"(?:API key|OAuth Server-to-Server)"/g, '').toLowerCase();
  for (const word of ['key', 'secret', 'scope', 'token', 'site'])
    if (new RegExp(`\\b${word}s?\\b`).test(own))
      assert.ok(labels.includes(word) || allowed(service, word), `${word}: ${advice}`);
  assert.doesNotMatch(own, /endpoint|credentials of the account/);
  if (!service.hasPages) assert.doesNotMatch(own, /page size/);
  if (settings.endpoint === undefined) assert.doesNotMatch(own, /\baddress\b/, advice);
  if (settings.endpoint !== undefined && service.id === 'datadog')
    assert.doesNotMatch(own, /\bsite\b/, advice);
}

/** Adobe is what received no token, whatever the account has. */
function allowed(service: LoadedService, word: string): boolean {
  return service.id === 'cja' && word === 'token';
}

const all = services.flatMap(getWays);
const getFailures = ({ service, method }: Way): readonly Failure[] =>
  FAILURES.filter(
    ({ of, ways }) => (of ?? [service.id]).includes(service.id) && (ways ?? [method.id]).includes(method.id),
  );

describe('A message about a failure', () => {
  for (const way of all) {
    it(`says where, why and what to do, in the terms of the account: ${way.name}`, async () => {
      let messages = 0;
      for (const failure of getFailures(way)) {
        for (const error of await getErrors(way, failure)) {
          const problem = toProblem(error);
          const text = placedProblemText(problem);
          const about = `${failure.name}: ${text}`;
          messages += 1;
          assert.ok(text.startsWith(`Retail (${way.service.title}): `), about);
          assert.match(`${problem.title} ${problem.detail}`, failure.says, about);
          assert.match(problem.advice ?? '', NEXT_STEP, about);
          assert.doesNotMatch(text, /\. \(|max-size|p4ssw0rd|t0ken-made|undefined|\[object|<|\{"/, about);
          assertFits(way, problem.advice ?? '');
          assertWordsFit(way, problem.advice ?? '');
          // A problem that the account's own form can fix has a button that opens it.
          if (/edit the account/i.test(problem.advice ?? '') && error.blamesAccount)
            assert.equal(accountToEdit(error), accountPath('a1'), about);
          if (problem.advice?.startsWith('Edit the account')) assert.ok(error.blamesAccount, about);
        }
      }
      assert.ok(messages > 60, `${messages}`);
    });
  }

  it('offers no form for an account without one: a sample, or one that is not saved yet', () => {
    const terms = { name: 'a', service: 's', secrets: [], addresses: [], hasPages: true };
    assert.equal(accountToEdit(new HttpError('authentication', 'x', { account: terms })), undefined);
    assert.equal(accountToEdit(new HttpError('server', 'x', { account: { ...terms, id: 'a1' } })), undefined);
    assert.equal(accountToEdit(new Error('x')), undefined);
  });

  it('a message about a failure is in German, too', async () => {
    const bundle = join(root, 'l10n/bundle.l10n.de.json');
    const german = JSON.parse(readFileSync(bundle, 'utf8')) as Readonly<Record<string, string>>;
    l10n.config({ contents: german });
    after(() => {
      l10n.config({ contents: {} });
    });
    for (const way of services.flatMap(getWays)) {
      for (const failure of getFailures(way)) {
        for (const error of await getErrors(way, failure)) {
          const { advice = '' } = toProblem(error);
          assert.match(advice, /\b(?:Sie|Ihr)\b/, `${failure.name}: ${advice}`);
          assertFits(way, advice);
        }
      }
    }
  });
});
