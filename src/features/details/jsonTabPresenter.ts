import type { Disposable } from '../../core/base/emitter';
import type { Resource } from '../../core/services/contract/resource';
import { JsonChunkSender } from './jsonChunkSender';
import { JsonLoader, type ReadJson } from './jsonLoader';
import type { ToWebview } from '../../shared/protocol';
import { traitsOfKind } from '../../shared/kinds';
import { getAccountId, isWithin, type ResourcePath } from '../../core/services/contract/path';
import type { Store } from '../../core/store/store';

/** What the tab `JSON` works with. */
export interface JsonContext {
  readonly read: ReadJson;
  /** True for the id of a loaded resource. */
  readonly isKnown: (id: string) => boolean;
  /** There is something to show. */
  readonly changed: () => void;
  /** Takes a message to the page; one that says what the page knows already may be left out. */
  readonly send: (message: ToWebview) => void;
}

/** What the page is told for the tab `JSON`: how it stands, the text part by part, and which texts in it are ids. */
export class JsonTabPresenter implements Disposable {
  readonly #loader: JsonLoader;
  readonly #sender: JsonChunkSender;
  /** Texts that may be ids, about which the page asked. */
  readonly #candidateIds = new Set<string>();
  #isVisible = false;

  constructor(private readonly context: JsonContext) {
    this.#sender = new JsonChunkSender(context.send);
    this.#loader = new JsonLoader(context.read, {
      changed: context.changed,
      begins: (text) => {
        if (this.#isVisible) this.#sender.begin(text);
      },
    });
  }

  dispose(): void {
    this.#loader.dispose();
    this.#sender.stop();
  }

  /** The tab is open. What is gone is shown as it was last known. */
  show({ json }: Resource, { gone }: { readonly gone: boolean }): void {
    this.#isVisible = true;
    this.#loader.setListed(json);
    if (!gone) this.#loader.ensureLoaded();
    this.context.send({ type: 'json', json: this.#loader.model });
    if (this.#loader.text !== undefined) this.#sender.show(this.#loader.text);
    const ids = [...this.#candidateIds].filter(this.context.isKnown);
    if (this.#candidateIds.size > 0) this.context.send({ type: 'ids', ids });
  }

  /** The page is not there, or has forgotten: it is sent the text from its beginning when it shows it next. */
  hide(): void {
    this.#isVisible = false;
    this.#sender.stop();
  }

  /** The page has taken in a part of the text. */
  acknowledgeChunk(): void {
    this.#sender.acknowledge();
  }

  /** Has the text read anew when it is shown next. */
  invalidate(): void {
    this.#loader.invalidate();
  }

  /** The page wants to know which of the texts are ids of loaded resources. */
  identify(ids: readonly string[]): void {
    for (const id of ids) this.#candidateIds.add(id);
  }
}

/**
 * The loaded resource that an id in the JSON of another one means: of the same account, and one below that other
 * before any elsewhere.
 * @param from the other one; its own id means nothing.
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
