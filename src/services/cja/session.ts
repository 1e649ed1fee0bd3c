import * as l10n from '@vscode/l10n';
import type { CallOptions, HttpClient } from '../../http/client';
import { HttpError } from '../../http/errors';
import type { Fact, Identity, Page, PageRequest, RequestRecipe, Resource, Session, Term } from '../service';
import { CjaActions } from './actions/actions';
import { backfillsPage } from './backfills';
import { connectionsByDataset, connectionsPage } from './connections';
import { CjaRuns } from './currentRuns';
import { datasetsPage } from './datasets';
import { dataViewsPage } from './dataViews';
import { factsOf } from './facts';
import { recipe, shortId, webLink } from './links';
import { locate } from './locate';
import type { Operations } from './operations';
import { cjaPortrait } from './portrait';
import { readText } from './read';
import type { CjaSettings } from './settings';
import { dataSourceTypes } from './terms';
import { verifyAccount } from './verify';

/** A signed-in account of Adobe CJA. Each level of the tree has a file of its own; this says which is whose. */
export class CjaSession implements Session {
  readonly #account: Resource;
  readonly #settings: CjaSettings;
  readonly #operations: Operations;
  readonly #http: HttpClient;
  readonly actions: CjaActions;
  readonly runs: CjaRuns;
  readonly hasBackfills = true;
  readonly portrait = cjaPortrait;

  constructor(account: Resource, settings: CjaSettings, operations: Operations, http: HttpClient) {
    this.#account = account;
    this.#settings = settings;
    this.#operations = operations;
    this.#http = http;
    this.actions = new CjaActions(operations);
    this.runs = new CjaRuns(operations, settings);
  }

  verify(call: CallOptions): Promise<Identity> {
    return verifyAccount(this.#operations, this.#account, this.#settings, call);
  }

  async children(parent: Resource, page: PageRequest, call: CallOptions): Promise<Page> {
    switch (parent.kind) {
      case 'account':
        return connectionsPage(this.#operations, parent, this.#settings, page, call);
      case 'connection':
        // A connection without JSON is known by its data views only: there is nothing else to show.
        return parent.json === undefined
          ? dataViewsPage(this.#operations, parent, page, call)
          : datasetsPage(this.#operations, parent, page, this.#settings, call);
      case 'dataset':
        return backfillsPage(this.#operations, parent, this.#settings.backfillStatus, page, call);
      case 'group':
        return dataViewsPage(this.#operations, parent, page, call);
      default:
        return { items: [], next: [], order: 'service', follow: false };
    }
  }

  read(resource: Resource, call: CallOptions, onBeginning?: CallOptions['onBeginning']): Promise<string> {
    return readText(this.#operations, resource, this.#settings.locale, call, onBeginning);
  }

  async findByDataset(account: Resource, datasetId: string, call: CallOptions): Promise<readonly Resource[]> {
    const found = await connectionsByDataset(this.#operations, account, this.#settings, datasetId, 0, call);
    return found.map(({ resource }) => resource);
  }

  locate(account: Resource, id: string, call: CallOptions): Promise<readonly Resource[]> {
    return locate(this.#operations, account, this.#settings, id, call);
  }

  async terms(glossaryId: string, call: CallOptions): Promise<readonly Term[]> {
    if (glossaryId === 'dataSourceTypes')
      return dataSourceTypes(this.#operations, this.#settings.locale, call);
    throw new HttpError('rejected', l10n.t('Adobe CJA has no list named {0}.', glossaryId));
  }

  facts(resource: Resource): readonly Fact[] {
    return factsOf(resource);
  }

  webLink(resource: Resource): string | undefined {
    return webLink(resource, this.#settings);
  }

  recipe(resource: Resource): RequestRecipe | undefined {
    return recipe(resource, this.#settings);
  }

  shortId(resource: Resource): string | undefined {
    return shortId(resource);
  }

  dispose(): void {
    this.#http.dispose();
  }
}
