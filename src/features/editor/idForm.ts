import type { Identified } from '../../core/store/idIndex';
import { wordForm } from './word';

/** What cannot end a string, begin an escape or be filled in: an id comes from a server, and goes into code. */
const harmless = /^[^"'`\\$\p{Cc}\p{Cf}\p{Cs}]{1,256}$/u;

/** True where an id may stand in any string as it is. */
export function isInsertable({ resource }: Identified): boolean {
  return harmless.test(resource.id);
}

/**
 * The id in the form that the context has: the one that was begun, else the one that ids nearby have, else the longer.
 * @param typed what stands before the cursor. @param shortNearby true where ids nearby are in the shorter form.
 */
export function idForm({ resource, shortId }: Identified, typed: string, shortNearby: boolean): string {
  if (shortId === undefined) return resource.id;
  const begun = typed.toLowerCase();
  if (startsWith(resource.id, begun)) return resource.id;
  return startsWith(shortId, begun) || shortNearby ? shortId : resource.id;
}

/** True where the first id of these lines that has a shorter form stands there in it. */
export function hasShortIds(
  lines: Iterable<string>,
  formOf: (word: string) => 'long' | 'short' | undefined,
): boolean {
  for (const line of lines) {
    for (const [word] of line.matchAll(wordForm)) {
      const form = formOf(word);
      if (form) return form === 'short';
    }
  }
  return false;
}

function startsWith(id: string, begun: string): boolean {
  return begun !== '' && id.toLowerCase().startsWith(begun);
}
