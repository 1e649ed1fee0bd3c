import * as l10n from '@vscode/l10n';
import type { CallOptions } from '../../../http/types';
import { HttpError } from '../../../http/errors';
import { requireDocument } from '../../common/actions';
import { merge, parseExact, writeJson } from '../../common/exactJson';
import { pretty } from '../../common/document';
import { ExpiringMap } from '../../../base/expiringMap';
import { FALLBACK_LIFETIME_MS } from '../../common/fallback';
import { idInPath, parentList, type ResourcePath } from '../../contract/path';
import { checkChanged, readExactOne } from '../../common/readOne';
import { splitPlaceholders } from '../../common/documentSecrets';
import type { JsonObject, JsonValue } from '../../../http/json';
import type { Action, ActionInputValues, ActionResult, EditedDocument } from '../../contract/action';
import type { Resource } from '../../contract/resource';
import type { Operations } from '../client/operations';
import { identities } from '../client/schemas';
import { editDraft, isCutShort, readChanges } from './edits';
import { newConnectionDraft, readNewConnection, type Technology } from './newConnection';

/** Creates a connection from a JSON document. */
export function createConnection(operations: Operations, account: Resource, technology: Technology): Action {
  return {
    id: `create${technology}`,
    verb: 'create',
    title:
      technology === 'Databricks'
        ? l10n.t('Create Databricks Connection…')
        : l10n.t('Create Snowflake Connection…'),
    confirmation: 'harmless',
    input: { kind: 'document' },
    draft: () => Promise.resolve(newConnectionDraft(technology)),
    preview: async ({ text }) => {
      const connection = await readNewConnection(text);
      const creates = { kind: 'connection', label: connection.connectionKey } as const;
      return { before: '', after: pretty(connection), creates };
    },
    perform: async (values, call) => {
      const connection = await readNewConnection(requireDocument(values).text);
      const response = await operations.createConnection(writeJson(connection), call);
      checkChanged(response, 'connectionKey', connection.connectionKey);
      return { changed: [account.path] };
    },
  };
}

/** Edits of connections and data objects. One per session, because it remembers the results of dry runs. */
export class Edits {
  /** The connections whose nested objects a dry run did not merge. */
  readonly #unmerged = new ExpiringMap<ResourcePath, true>(FALLBACK_LIFETIME_MS, Date.now);

  constructor(private readonly operations: Operations) {}

  connection(connection: Resource): Action {
    return {
      ...this.#edit('editConnection', connection),
      preview: async (document, call) => {
        const after = await this.#tryEdit(connection, document, call);
        if (after === undefined) return { before: '', after: '' };
        return { before: pretty(await this.#current(connection, call)), after: pretty(after) };
      },
    };
  }

  dataObject(dataObject: Resource): Action {
    return {
      ...this.#edit('editDataObject', dataObject),
      preview: async (document, call) => {
        const changes = await this.#changes(dataObject, document);
        const before = await this.#current(dataObject, call);
        return { before: pretty(before), after: pretty({ ...before, ...changes }) };
      },
    };
  }

  #edit(id: string, resource: Resource): Action {
    return {
      id,
      verb: 'edit',
      title: l10n.t('Edit as JSON'),
      confirmation: 'confirm',
      input: { kind: 'document' },
      draft: async (call) => editDraft(await this.#current(resource, call), toTemplate(resource)),
      perform: (values, call) => this.#send(resource, values, call),
    };
  }

  /**
   * Returns the result of a dry run (PATCH with `dryRun=true`) on a connection. Whether the service merges
   * nested objects is not documented: if it refuses a part of one, or replaces the object by it, whole
   * objects are sent from then on.
   * @returns undefined if nothing would change.
   */
  async #tryEdit(
    connection: Resource,
    document: EditedDocument,
    call: CallOptions,
  ): Promise<JsonValue | undefined> {
    const changes = await this.#changes(connection, document);
    if (isEmpty(changes)) return undefined;
    try {
      const after = await this.#dryRun(connection, changes, call);
      if (this.#unmerged.get(connection.path) === true || !(await isCutShort(document, changes, after)))
        return after;
    } catch (refusal) {
      if (!isRefusalOfForm(refusal)) throw refusal;
      return this.#tryWholes(connection, document, call).catch(() => {
        throw refusal;
      });
    }
    return this.#tryWholes(connection, document, call);
  }

  async #tryWholes(connection: Resource, document: EditedDocument, call: CallOptions): Promise<JsonValue> {
    const changes = await readChanges(document, toTemplate(connection), 'wholes');
    const after = await this.#dryRun(connection, changes, call);
    this.#unmerged.set(connection.path, true);
    return after;
  }

  async #dryRun(connection: Resource, changes: JsonObject, call: CallOptions): Promise<JsonValue> {
    // The user has not been asked for secrets yet.
    const { plain, secret } = splitPlaceholders(changes);
    const answer = await this.operations.tryUpdate(connection.id, writeJson(plain), call);
    return merge(await parseExact(answer), secret);
  }

  async #send(resource: Resource, values: ActionInputValues, call: CallOptions): Promise<ActionResult> {
    const changes = await this.#changes(resource, requireDocument(values));
    if (isEmpty(changes)) return { message: l10n.t('Nothing was changed.'), changed: [] };
    const body = writeJson(changes);
    if (resource.kind === 'connection')
      checkChanged(
        await this.operations.updateConnection(resource.id, body, call),
        'connectionKey',
        resource.id,
      );
    else
      checkChanged(
        await this.operations.updateDataObject(getKey(resource), resource.id, body, call),
        'id',
        resource.id,
      );
    return { changed: [parentList(resource), resource.path] };
  }

  /** The changes that a document makes. Data objects have no dry run, so their nested objects are sent whole. */
  #changes(resource: Resource, document: EditedDocument): Promise<JsonObject> {
    const merged = resource.kind === 'connection' && this.#unmerged.get(resource.path) === undefined;
    return readChanges(document, toTemplate(resource), merged ? 'parts' : 'wholes');
  }

  /** The resource in its current state. @throws as `readOne` does. */
  async #current(resource: Resource, call: CallOptions): Promise<JsonObject> {
    const { kind, id } = resource;
    if (kind === 'connection') {
      return readExactOne(await this.operations.connection(id, call), identities.connection, id);
    }
    return readExactOne(
      await this.operations.dataObject(getKey(resource), id, call),
      identities.dataObject,
      id,
    );
  }
}

function isRefusalOfForm(error: unknown): boolean {
  return error instanceof HttpError && (error.status === 400 || error.status === 422);
}

function isEmpty(changes: JsonObject): boolean {
  return Object.keys(changes).length === 0;
}

function getKey({ path }: Resource): string {
  return idInPath(path, 'connection') ?? '';
}

function toTemplate({ kind }: Resource): 'technology' | undefined {
  return kind === 'connection' ? 'technology' : undefined;
}
