import * as l10n from '@vscode/l10n';
import type * as v from 'valibot';
import type { HttpResponse, CallOptions } from '../../../http/types';
import { HttpError } from '../../../http/errors';
import { type ActionsById, requireDocument, unknownAction } from '../../common/actions';
import { isJsonObject } from '../../common/decode';
import { merge, parseExact, writeJson } from '../../common/exactJson';
import { pretty } from '../../common/document';
import { ExpiringMap } from '../../../base/expiringMap';
import { FALLBACK_LIFETIME_MS } from '../../common/fallback';
import { idInPath, parentPath, type ResourcePath } from '../../contract/path';
import { type Identifying, readOne } from '../../common/readOne';
import { splitPlaceholders } from '../../common/documentSecrets';
import type { JsonObject, JsonValue } from '../../../http/json';
import type {
  ActionResult,
  Preview,
  ActionTemplate,
  ActionInputValues,
  EditedDocument,
  ActionInfo,
} from '../../contract/action';
import type { Resource } from '../../contract/resource';
import type { Operations } from '../client/operations';
import { identities } from '../client/schemas';
import { editDraft, isCutShort, readChanges } from './edits';
import { newConnectionDraft, readNewConnection } from './newConnection';
import { actionIds, listActions } from './offers';
import { runSimpleAction } from './plain';

/** What can be done to the resources of Immuta. Documents are handled here, everything else by `performPlain`. */
export class ImmutaActions implements ActionsById {
  readonly ids = actionIds;
  /** The connections of whose nested objects a dry run took no parts. */
  readonly #unmerged = new ExpiringMap<ResourcePath, true>(FALLBACK_LIFETIME_MS, Date.now);

  constructor(private readonly operations: Operations) {}

  actionsFor(resource: Resource): readonly ActionInfo[] {
    return listActions(resource);
  }

  async draft(resource: Resource, actionId: string, call: CallOptions): Promise<ActionTemplate> {
    switch (actionId) {
      case 'createDatabricks':
        return newConnectionDraft('Databricks');
      case 'createSnowflake':
        return newConnectionDraft('Snowflake');
      case 'editConnection':
      case 'editDataObject':
        return editDraft(await this.#current(resource, call), toTemplate(resource));
      default:
        return fail(actionId);
    }
  }

  /** For a connection, PATCH with `dryRun=true` tells what would become of it. Data objects have no dry run. */
  async preview(
    resource: Resource,
    actionId: string,
    document: EditedDocument,
    call: CallOptions,
  ): Promise<Preview> {
    switch (actionId) {
      case 'createDatabricks':
      case 'createSnowflake':
        return newConnectionPreview(await readNewConnection(document.text));
      case 'editConnection': {
        const after = await this.#tryEdit(resource, document, call);
        if (after === undefined) return { before: '', after: '' };
        return { before: pretty(await this.#current(resource, call)), after: pretty(after) };
      }
      case 'editDataObject': {
        const changes = await this.#changes(resource, document);
        const before = await this.#current(resource, call);
        return { before: pretty(before), after: pretty({ ...before, ...changes }) };
      }
      default:
        return fail(actionId);
    }
  }

  async perform(
    resource: Resource,
    actionId: string,
    answer: ActionInputValues,
    call: CallOptions,
  ): Promise<ActionResult> {
    switch (actionId) {
      case 'createDatabricks':
      case 'createSnowflake': {
        const connection = await readNewConnection(requireDocument(answer).text);
        await this.operations.createConnection(writeJson(connection), call);
        return { changed: [resource.path] };
      }
      case 'editConnection':
      case 'editDataObject':
        return this.#edit(resource, requireDocument(answer), call);
      default:
        return (await runSimpleAction(this.operations, resource, actionId, call)) ?? fail(actionId);
    }
  }

  /**
   * Has the service say what would become of a connection. Whether it merges nested objects is not documented: where a
   * part of one is refused, or replaces it, all of it is sent from then on.
   * @returns undefined where nothing would be changed.
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
    // Nobody was asked for secrets yet.
    const { plain, secret } = splitPlaceholders(changes);
    const answer = await this.operations.tryUpdate(connection.id, writeJson(plain), call);
    return merge(await parseExact(answer), secret);
  }

  async #edit(resource: Resource, document: EditedDocument, call: CallOptions): Promise<ActionResult> {
    const changes = await this.#changes(resource, document);
    if (isEmpty(changes)) return { message: l10n.t('Nothing was changed.'), changed: [] };
    const body = writeJson(changes);
    if (resource.kind === 'connection') await this.operations.updateConnection(resource.id, body, call);
    else await this.operations.updateDataObject(getKey(resource), resource.id, body, call);
    return { changed: [parentPath(resource.path) ?? resource.path, resource.path] };
  }

  /** Data objects have no dry run that tells whether nested objects are merged: theirs are sent as a whole. */
  #changes(resource: Resource, document: EditedDocument): Promise<JsonObject> {
    const merged = resource.kind === 'connection' && this.#unmerged.get(resource.path) === undefined;
    return readChanges(document, toTemplate(resource), merged ? 'parts' : 'wholes');
  }

  /** @throws as `readOne` does. */
  async #current(resource: Resource, call: CallOptions): Promise<JsonObject> {
    const { kind, id } = resource;
    if (kind === 'connection') {
      return exactOne(await this.operations.connection(id, call), identities.connection, id);
    }
    return exactOne(await this.operations.dataObject(getKey(resource), id, call), identities.dataObject, id);
  }
}

/** Something that becomes a document, with numbers as `exactValue` keeps them. @throws as `readOne` does. */
async function exactOne<S extends v.GenericSchema>(
  response: HttpResponse,
  identity: Identifying<S>,
  id: string,
): Promise<JsonObject> {
  const { json } = readOne(response, identity, id);
  const exact = await parseExact(response);
  return isJsonObject(exact) ? exact : json;
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

function newConnectionPreview(connection: { readonly connectionKey: string }): Preview {
  const creates = { kind: 'connection', label: connection.connectionKey } as const;
  return { before: '', after: pretty(connection), creates };
}

function fail(actionId: string): never {
  throw unknownAction('Immuta', actionId);
}
