import type { Disposable } from '../../core/base/emitter';
import type { Resource } from '../../core/services/contract/resource';
import { JsonChunkSender } from './jsonChunkSender';
import { JsonLoader, type ReadJson } from './jsonLoader';
import type { ToWebview } from '../../shared/protocol';

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
  readonly #source: JsonLoader;
  readonly #feed: JsonChunkSender;
  /** Texts that may be ids, about which the page asked. */
  readonly #asked = new Set<string>();
  #shown = false;

  constructor(private readonly context: JsonContext) {
    this.#feed = new JsonChunkSender(context.send);
    this.#source = new JsonLoader(context.read, {
      changed: context.changed,
      begins: (text) => {
        if (this.#shown) this.#feed.begin(text);
      },
    });
  }

  dispose(): void {
    this.#source.dispose();
    this.#feed.stop();
  }

  /** The tab is open. What is gone is shown as it was last known. */
  show({ json }: Resource, { gone }: { readonly gone: boolean }): void {
    this.#shown = true;
    this.#source.setListed(json);
    if (!gone) this.#source.ensureLoaded();
    this.context.send({ type: 'json', json: this.#source.model });
    if (this.#source.text !== undefined) this.#feed.show(this.#source.text);
    const ids = [...this.#asked].filter(this.context.isKnown);
    if (this.#asked.size > 0) this.context.send({ type: 'ids', ids });
  }

  /** The page is not there, or has forgotten: it is sent the text from its beginning when it shows it next. */
  hide(): void {
    this.#shown = false;
    this.#feed.stop();
  }

  /** The page has taken in a part of the text. */
  taken(): void {
    this.#feed.acknowledge();
  }

  /** Has the text read anew when it is shown next. */
  forget(): void {
    this.#source.invalidate();
  }

  /** The page wants to know which of the texts are ids of loaded resources. */
  identify(ids: readonly string[]): void {
    for (const id of ids) this.#asked.add(id);
  }
}
