import type { Disposable } from '../../core/base/emitter';
import type { Resource } from '../../core/services/contract/resource';
import { JsonChunkSender } from './jsonChunkSender';
import { JsonLoader, type ReadJson } from './jsonLoader';
import type { ToWebview } from '../../shared/protocol';
import { traitsOfKind } from '../../shared/kinds';
import { getAccountId, isWithin, type ResourcePath } from '../../core/services/contract/path';
import type { Store } from '../../core/store/store';

export interface JsonContext {
  readonly read: ReadJson;
  /** True for the ID of a loaded resource. */
  readonly isKnown: (id: string) => boolean;
  /** The tab has something new to show. */
  readonly changed: () => void;
  /** Posts a message to the webview; unchanged ones may be skipped. */
  readonly send: (message: ToWebview) => void;
}

/** Sends the JSON tab: its state, the text in chunks, and which texts in it are IDs. */
export class JsonTabPresenter implements Disposable {
  readonly #loader: JsonLoader;
  readonly #sender: JsonChunkSender;
  /** Texts from the webview that may be IDs. */
  readonly #candidateIds = new Set<string>();
  #isVisible = false;

  constructor(private readonly context: JsonContext) {
    this.#sender = new JsonChunkSender(context.send);
    this.#loader = new JsonLoader(context.read, {
      changed: context.changed,
      received: (part, isFirst) => {
        if (this.#isVisible) this.#sender.receive(part, isFirst);
      },
    });
  }

  dispose(): void {
    this.#loader.dispose();
    this.#sender.stop();
  }

  /** Shows the tab. A deleted resource keeps its last known text. */
  show({ json }: Resource, { gone }: { readonly gone: boolean }): void {
    this.#isVisible = true;
    this.#loader.setListed(json);
    if (!gone) this.#loader.ensureLoaded();
    this.context.send({ type: 'json', json: this.#loader.model });
    if (this.#loader.text !== undefined) this.#sender.show(this.#loader.text);
    const ids = [...this.#candidateIds].filter(this.context.isKnown);
    if (this.#candidateIds.size > 0) this.context.send({ type: 'ids', ids });
  }

  /** The webview is hidden or was reloaded: the text is sent from its beginning when next shown. */
  hide(): void {
    this.#isVisible = false;
    this.#sender.stop();
  }

  /** The webview has processed a chunk. */
  acknowledgeChunk(): void {
    this.#sender.acknowledge();
  }

  /** Reloads the text on next display. */
  invalidate(): void {
    this.#loader.invalidate();
  }

  /** Tracks texts that may be IDs of loaded resources. */
  identify(ids: readonly string[]): void {
    for (const id of ids) this.#candidateIds.add(id);
  }
}

/**
 * Finds the loaded resource with an ID that occurs in the JSON of another one: in the same account, preferring those
 * below the other one.
 * @param from the other one; its own ID is not resolved.
 */
export function identify(
  store: Pick<Store, 'find'>,
  from: ResourcePath,
  id: string,
): ResourcePath | undefined {
  const account = getAccountId(from);
  const paths = store
    .find(id)
    .filter(({ kind, path }) => traitsOfKind(kind).hasId && getAccountId(path) === account)
    .map(({ path }) => path);
  if (paths.includes(from)) return undefined;
  return paths.find((path) => isWithin(path, from)) ?? paths[0];
}
