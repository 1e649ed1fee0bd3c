import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { parsePath, type ResourcePath } from '../../core/services/contract/path';
import { isJsonObject, type JsonObject } from '../../core/http/json';
import type { ActionInfo } from '../../core/services/contract/action';
import type { Resource } from '../../core/services/contract/resource';
import type { ResourceKind } from '../../shared/kinds';

/** What is stored of a draft, so that it can be sent after a reload of the window. */
export interface StoredDraft {
  readonly resource: Pick<Resource, 'path' | 'kind' | 'id' | 'label' | 'hasChildren'>;
  readonly action: ActionInfo;
  /** The initial document. */
  readonly base: string;
  /** The document as last saved. */
  readonly text: string;
  /** The document as it is being edited, if it has unsaved changes. */
  readonly typed?: string | undefined;
  readonly schema: JsonObject;
  /** Milliseconds since 1970. */
  readonly began: number;
  readonly saved: number;
}

const storedDraft = v.object({
  resource: v.object({
    path: v.pipe(
      v.string(),
      v.check((path) => parsePath(path) !== undefined),
      v.transform((path) => path as ResourcePath),
    ),
    kind: v.pipe(
      v.string(),
      v.transform((kind) => kind as ResourceKind),
    ),
    id: v.string(),
    label: v.string(),
    hasChildren: v.boolean(),
  }),
  action: v.pipe(
    v.looseObject({ id: v.string(), verb: v.string(), title: v.string(), danger: v.string() }),
    v.transform(({ danger, ...action }) => ({ ...action, confirmation: danger }) as unknown as ActionInfo),
  ),
  base: v.string(),
  text: v.string(),
  typed: v.optional(v.string()),
  schema: v.custom<JsonObject>(isJsonObject),
  began: v.number(),
  saved: v.number(),
});

const draftFile = v.object({ version: v.literal(1), draft: storedDraft });

/** The stored shape. It calls the confirmation of an action `danger`, as earlier versions did. */
function toStored({ action: { confirmation, ...action }, ...draft }: StoredDraft): object {
  return { ...draft, action: { ...action, danger: confirmation } };
}

const ID = /^[\w-]{1,64}$/;

/** Drafts on disk, one file each, so that windows that share the folder do not overwrite each other's. */
export class DraftFiles {
  /** Settles when all pending work has ended. Serializes writes, so that the latest text of a draft wins. */
  #queue: Promise<void> = Promise.resolve();

  /** @param folder created with the first draft. */
  constructor(private readonly folder: string) {}

  /** @returns undefined if the draft does not exist or cannot be read. */
  async read(id: string): Promise<StoredDraft | undefined> {
    if (!ID.test(id)) return undefined;
    try {
      const decoded = v.safeParse(draftFile, JSON.parse(await readFile(this.#file(id), 'utf8')));
      return decoded.success ? decoded.output.draft : undefined;
    } catch {
      return undefined;
    }
  }

  /** Writes a draft atomically. @throws Error of node:fs */
  async write(id: string, draft: StoredDraft): Promise<void> {
    await this.#inTurn(async () => {
      await mkdir(this.folder, { recursive: true });
      const temporary = `${this.#file(id)}.${randomUUID()}`;
      await writeFile(temporary, JSON.stringify({ version: 1, draft: toStored(draft) }), { mode: 0o600 });
      await rename(temporary, this.#file(id));
    });
  }

  async delete(id: string): Promise<void> {
    await this.#inTurn(() => rm(this.#file(id), { force: true }));
  }

  /**
   * Deletes drafts that were not written for that long, because their windows did not come back. @param age
   * milliseconds
   */
  async deleteOlderThan(age: number): Promise<void> {
    await this.#inTurn(async () => {
      const names = await readdir(this.folder).catch(() => []);
      const oldest = Date.now() - age;
      for (const file of names.map((name) => join(this.folder, name))) {
        const { mtimeMs } = await stat(file).catch(() => ({ mtimeMs: Infinity }));
        if (mtimeMs < oldest) await rm(file, { force: true });
      }
    });
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    const done = this.#queue.then(work);
    this.#queue = done.catch(() => undefined);
    return done;
  }

  /** The IDs of all drafts, of all windows. */
  async list(): Promise<readonly string[]> {
    const names = await readdir(this.folder).catch(() => []);
    return names.flatMap((name) => /^([\w-]+)\.json$/.exec(name)?.[1] ?? []);
  }

  #file(id: string): string {
    return join(this.folder, `${id}.json`);
  }
}
