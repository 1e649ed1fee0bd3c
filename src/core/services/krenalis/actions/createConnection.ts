import * as l10n from '@vscode/l10n';
import type { CallOptions } from '../../../http/types';
import { requireDocument } from '../../common/actions';
import { anyObject, blanksIn, flawed, pretty, readBase, readDocument } from '../../common/document';
import { writeJson } from '../../common/exactJson';
import { hiddenSecretsIn, secretPlaceholder } from '../../common/documentSecrets';
import { readMade } from '../../common/readOne';
import type { JsonObject, JsonValue } from '../../../http/json';
import type { Action } from '../../contract/action';
import { type Resource, getJson } from '../../contract/resource';
import type { ConnectorCache, Connector } from '../client/connectors';
import type { OAuth } from './oauth';
import type { Operations } from '../client/operations';
import {
  MAX_NAME_CHARS,
  nameSchema,
  objectSchema,
  sendingModes,
  sendingModeText,
  strategies,
  strategyText,
  wordSchema,
} from './documents';

/** Dependencies of the actions. */
export interface ActionParts {
  readonly operations: Operations;
  readonly connectors: ConnectorCache;
  readonly oauth: OAuth;
}

/** Creates a connection from a JSON document (POST /v1/connections). */
export function createConnection({ operations, connectors, oauth }: ActionParts, account: Resource): Action {
  const list = async (call: CallOptions): Promise<readonly Connector[]> =>
    (await connectors.connectors(call)).list;
  return {
    id: 'createConnection',
    verb: 'create',
    title: l10n.t('Create Connection…'),
    confirmation: 'confirm',
    input: { kind: 'document' },
    draft: async (call) => {
      const creatable = (await list(call)).filter(({ type }) => type !== 'File');
      return { text: template(), schema: schema(creatable, connectors.connections) };
    },
    preview: async ({ text }, call) => {
      const body = await toBody(text, await list(call));
      const label = typeof body.name === 'string' ? body.name : '';
      return { before: '', after: pretty(body), creates: { kind: 'connection', label } };
    },
    consent: async (values, call) => {
      const { connector, role } = await readBase(anyObject, requireDocument(values).text);
      const known = (await list(call)).find(({ code }) => code === connector);
      return known?.oauth ? oauth.consent(known, getRole(role)) : undefined;
    },
    perform: async (values, call) => {
      const body = await toBody(requireDocument(values).text, await list(call));
      const connector = typeof body.connector === 'string' ? body.connector : '';
      await oauth.use(connector, getRole(body.role), async (authToken) => {
        const sent = { ...body, ...(authToken !== undefined && { authToken }) };
        readMade(await operations.createConnection(writeJson(sent), call));
      });
      return { changed: [account.path] };
    },
  };
}

function getRole(role: JsonValue | undefined): string {
  return role === 'Destination' ? 'Destination' : 'Source';
}

/** The request body of a document, without empty values and without settings for a connector that has none. */
async function toBody(text: string, connectors: readonly Connector[]): Promise<JsonObject> {
  const input = await readDocument(anyObject, text, (json) => [...hiddenSecretsIn(json), ...blanksIn(json)]);
  const connector = connectors.find(({ code }) => code === input.connector);
  const side = getRole(input.role) === 'Destination' ? connector?.asDestination : connector?.asSource;
  const missing = ['name', 'connector'].filter((key) => input[key] === undefined || input[key] === null);
  const flaws = missing.map((key) => ({
    pointer: [key],
    message: l10n.t('must not be empty'),
  }));
  if (flaws.length > 0) throw flawed(flaws);
  const needless = (key: string, value: JsonValue): boolean =>
    value === null ||
    (key === 'linkedConnections' && isEmpty(value)) ||
    (key === 'settings' && isEmpty(value) && side?.hasSettings === false);
  return Object.fromEntries(Object.entries(input).filter(([key, value]) => !needless(key, value)));
}

function isEmpty(value: JsonValue): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

function template(): string {
  const lines = [
    `// ${l10n.t('At most {0} characters.', MAX_NAME_CHARS)}`,
    '"name": "",',
    `// ${l10n.t('Source: data is read from it. Destination: data is written to it.')}`,
    '"role": "Source",',
    `// ${l10n.t('The code of a connector. Suggestions list the connectors of this installation.')}`,
    `// ${l10n.t('If an application requires authorization, the browser opens before anything is sent.')}`,
    '"connector": "",',
    `// ${strategyText()} (${strategies.join(', ')})`,
    '"strategy": null,',
    `// ${sendingModeText()} (${sendingModes.join(', ')})`,
    '"sendingMode": null,',
    `// ${l10n.t('IDs of the connections that events are sent to or received from.')}`,
    '"linkedConnections": [],',
    `// ${l10n.t('The settings of the connector. See its page in the Krenalis documentation.')}`,
    `// ${l10n.t('Do not put secrets in the document. You are asked for {0} when it is sent.', secretPlaceholder('…'))}`,
    '"settings": {}',
  ];
  return `{\n${lines.map((line) => `  ${line}\n`).join('')}}\n`;
}

function schema(connectors: readonly Connector[], connections: readonly Resource[]): JsonObject {
  const linkable = connections.flatMap((connection) => getJson(connection)?.id ?? []);
  const properties = {
    name: nameSchema(),
    role: { enum: ['Source', 'Destination'] },
    connector: {
      enum: connectors.map(({ code }) => code),
      enumDescriptions: connectors.map(({ label, code, type }) => `${label ?? code}, ${type ?? ''}`),
    },
    strategy: wordSchema(strategies, strategyText(), true),
    sendingMode: wordSchema(sendingModes, sendingModeText(), true),
    linkedConnections: {
      type: 'array',
      items: linkable.length > 0 ? { enum: linkable } : {},
      uniqueItems: true,
    },
    settings: { type: ['object', 'null'] },
  };
  return objectSchema(properties, ['name', 'role', 'connector']);
}
