import * as l10n from '@vscode/l10n';
import type { CallOptions } from '../../../http/types';
import { requireDocument } from '../../common/actions';
import { anyObject, blanksIn, flawed, pretty, readBase, readDocument } from '../../common/document';
import { writeJson } from '../../common/exactJson';
import { hiddenSecretsIn, secretPlaceholder } from '../../common/documentSecrets';
import { readMade } from '../../common/readOne';
import type { JsonObject, JsonValue } from '../../../http/json';
import type {
  ActionResult,
  AuthorizationRequest,
  Preview,
  ActionTemplate,
  ActionInputValues,
  EditedDocument,
} from '../../contract/action';
import type { Resource } from '../../contract/resource';
import type { ConnectorCache, Connector } from '../client/connectors';
import type { OAuth } from './oauth';
import type { Operations } from '../client/operations';
import type { ActionHandler, Offer } from './actionHandler';
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

/** Makes a connection from a JSON document (POST /v1/connections). */
export class CreateConnection implements ActionHandler {
  readonly id = 'createConnection';

  constructor(
    private readonly operations: Operations,
    private readonly catalogue: ConnectorCache,
    private readonly oauth: OAuth,
  ) {}

  offer({ kind }: Resource): Offer | undefined {
    if (kind !== 'account') return undefined;
    const title = l10n.t('Create Connection…');
    return { verb: 'create', title, confirmation: 'confirm', input: { kind: 'document' } };
  }

  async draft(_account: Resource, call: CallOptions): Promise<ActionTemplate> {
    const connectors = (await this.catalogue.connectors(call)).list.filter(({ type }) => type !== 'File');
    return { text: template(), schema: schema(connectors, this.catalogue.connections) };
  }

  async preview(_account: Resource, { text }: EditedDocument, call: CallOptions): Promise<Preview> {
    const body = await this.#bodyOf(text, call);
    const label = typeof body.name === 'string' ? body.name : '';
    return { before: '', after: pretty(body), creates: { kind: 'connection', label } };
  }

  async consent(answer: ActionInputValues, call: CallOptions): Promise<AuthorizationRequest | undefined> {
    const { connector, role } = await readBase(anyObject, requireDocument(answer).text);
    const known = (await this.catalogue.connectors(call)).list.find(({ code }) => code === connector);
    return known?.oauth ? this.oauth.consent(known, getRole(role)) : undefined;
  }

  async perform(account: Resource, answer: ActionInputValues, call: CallOptions): Promise<ActionResult> {
    const body = await this.#bodyOf(requireDocument(answer).text, call);
    const connector = typeof body.connector === 'string' ? body.connector : '';
    await this.oauth.use(connector, getRole(body.role), async (authToken) => {
      const sent = { ...body, ...(authToken !== undefined && { authToken }) };
      readMade(await this.operations.createConnection(writeJson(sent), call));
    });
    return { changed: [account.path] };
  }

  async #bodyOf(text: string, call: CallOptions): Promise<JsonObject> {
    return toBody(text, (await this.catalogue.connectors(call)).list);
  }
}

function getRole(role: JsonValue | undefined): string {
  return role === 'Destination' ? 'Destination' : 'Source';
}

/** What is sent of a document: what was left empty, and settings for a connector that has none, are not. */
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
  const linkable = connections.flatMap(({ json }) => (json?.id === undefined ? [] : [json.id]));
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
