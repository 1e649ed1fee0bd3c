import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import { blanksIn, commented, filled, pretty, readDocument } from '../../common/document';
import { hiddenSecretsIn, secretPlaceholder } from '../../common/documentSecrets';
import type { JsonObject } from '../../../http/json';
import type { ActionTemplate } from '../../contract/action';

/** The technologies of the Connections API. */
export type Technology = 'Databricks' | 'Snowflake';

/** Names that no connection may have (description of the parameter `connectionKey`). */
const reserved: readonly string[] = [
  'data',
  'connection',
  'object',
  'crawl',
  'search',
  'settings',
  'metadata',
  'permission',
  'sync',
  'bulk',
  'upgrade',
];

const connectionDocument = v.looseObject({
  connectionKey: v.pipe(
    filled,
    v.regex(/^[A-Za-z0-9_-]+$/, () => l10n.t('must contain only letters, digits, hyphens and underscores')),
    v.check(
      (key) => !reserved.includes(key),
      () => l10n.t('must not be a reserved name: {0}', reserved.join(', ')),
    ),
  ),
  technology: filled,
});

/** The template of a connection. For Databricks its credential is documented; for Snowflake it is inferred. */
export function newConnectionDraft(technology: Technology): ActionTemplate {
  const template = {
    connectionKey: '',
    technology,
    clientConfiguration: { credential: credentials[technology] },
  };
  const lines = [
    l10n.t('connectionKey: letters, digits, hyphens and underscores. Cannot be changed later.'),
    l10n.t('Not allowed: {0}.', reserved.join(', ')),
    technology === 'Databricks'
      ? l10n.t('credential: OAuthWithCertificate is used as an example.')
      : l10n.t(
          'Immuta does not document the properties for Snowflake. The properties below are an assumption.',
        ),
    l10n.t(
      'Do not put secrets in the document. You are asked for {0} when it is sent.',
      secretPlaceholder('…'),
    ),
    l10n.t('Add further properties, such as the host, as required by the documentation of your tenant.'),
  ];
  return { text: commented(lines, pretty(template)), schema: toSchema(technology) };
}

/**
 * Reads the document of a new connection.
 * @returns what to send.
 * @throws HttpError kind `rejected` if it is not JSON, or its key is not allowed.
 */
export async function readNewConnection(text: string): Promise<{ readonly connectionKey: string }> {
  return readDocument(connectionDocument, text, (json) => [...hiddenSecretsIn(json), ...blanksIn(json)]);
}

const credentials: Readonly<Record<Technology, JsonObject>> = {
  Databricks: {
    authenticationType: 'OAuthWithCertificate',
    clientId: '',
    authorityUrl: 'https://',
    scope: '',
    publicCertificateThumbprint: '',
    privateKey: { filename: '', content: secretPlaceholder('privateKey') },
  },
  Snowflake: { authenticationType: '', username: '', password: secretPlaceholder('password') },
};

/** The reserved names are part of the pattern, so that the editor marks them. */
function toSchema(technology: Technology): JsonObject {
  return {
    type: 'object',
    required: ['connectionKey', 'technology'],
    properties: {
      connectionKey: {
        type: 'string',
        minLength: 1,
        pattern: `^(?!(${reserved.join('|')})$)[A-Za-z0-9_-]+$`,
        description: l10n.t('The unique name of the connection.'),
      },
      technology: { const: technology },
      clientConfiguration: {
        type: 'object',
        properties: {
          credential: {
            type: 'object',
            properties: { authenticationType: { type: 'string', minLength: 1 } },
          },
        },
      },
    },
  };
}
