import { texts } from '../../core/base/texts';
import type { SharedEntries } from '../../ui/storage/sharedEntries';
import type { WindowStorage } from '../../ui/storage/windowStorage';

/** Older files of a workspace are forgotten. */
const MAX_FILES = 100;

/**
 * The files that the user chose to compare with, by URI. The URI of a comparison may refer only to these, because
 * anyone can make such a URI: a link in a document, another extension. Kept per workspace.
 */
export class ChosenFiles {
  readonly #entries: SharedEntries<true>;
  readonly #workspace: string;

  constructor(storage: Pick<WindowStorage, 'entries' | 'workspace'>) {
    const { workspace } = storage;
    this.#workspace = workspace;
    this.#entries = storage.entries({
      prefix: 'compare.file:',
      decode: (value) => (value === true ? true : undefined),
      // Version 0.1.0 kept a list of URIs in workspaceState, newest first.
      old: {
        state: 'workspaceState',
        key: 'compare.files',
        read: (value) =>
          new Map(
            texts(value)
              .map((file) => [entryId(workspace, file), true] as const)
              .toReversed(),
          ),
      },
    });
  }

  add(file: string): void {
    this.#entries.set(new Map([[entryId(this.#workspace, file), true]]));
    const prefix = entryId(this.#workspace, '');
    const own = [...this.#entries.list().keys()].filter((id) => id.startsWith(prefix));
    this.#entries.remove(own.slice(0, -MAX_FILES));
  }

  has(file: string): boolean {
    return this.#entries.list().has(entryId(this.#workspace, file));
  }
}

function entryId(workspace: string, file: string): string {
  return `${workspace}:${file}`;
}
