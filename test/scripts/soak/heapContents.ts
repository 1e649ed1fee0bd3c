import { readFile, rm } from 'node:fs/promises';
import * as v from 'valibot';

/** Heap contents by the name of the constructor or, for closures, of the function. */
export type HeapContents = ReadonlyMap<string, { readonly count: number; readonly bytes: number }>;

const snapshot = v.object({
  snapshot: v.object({
    meta: v.object({
      node_fields: v.array(v.string()),
      node_types: v.array(v.union([v.array(v.string()), v.string()])),
    }),
  }),
  nodes: v.array(v.number()),
  strings: v.array(v.string()),
});

/** Names that VS Code and Node give their own objects vary too much to be counted individually. */
const MAX_NAME_LENGTH = 60;

/**
 * Counts the contents of a snapshot, and deletes its file. What this allocates stays in the heap for a while,
 * so it runs after the last measurement.
 */
export async function readHeapContents(file: string): Promise<HeapContents> {
  const { snapshot: head, nodes, strings } = v.parse(snapshot, JSON.parse(await readFile(file, 'utf8')));
  await rm(file);
  const fields = head.meta.node_fields;
  const [types = []] = head.meta.node_types;
  const [type, name, size] = ['type', 'name', 'self_size'].map((field) => fields.indexOf(field));
  const contents = new Map<string, { count: number; bytes: number }>();
  for (let at = 0; at < nodes.length; at += fields.length) {
    const kind = types[nodes[at + (type ?? 0)] ?? 0] ?? '';
    const label = strings[nodes[at + (name ?? 0)] ?? 0]?.slice(0, MAX_NAME_LENGTH) ?? '';
    // Strings are numerous, so only their sum is counted.
    const key = kind.includes('string') || kind === 'number' ? kind : `${kind} ${label}`;
    const known = contents.get(key) ?? { count: 0, bytes: 0 };
    contents.set(key, { count: known.count + 1, bytes: known.bytes + (nodes[at + (size ?? 0)] ?? 0) });
  }
  return contents;
}

/** What V8 adds to the program at run time: code and type feedback. */
const MADE_BY_V8 = /^(code|hidden|object shape|synthetic) /;

/** The bytes of the program's data, without what V8 adds. */
export function sumData(contents: HeapContents): number {
  const data = [...contents].filter(([key]) => !MADE_BY_V8.test(key));
  return data.reduce((sum, [, { bytes }]) => sum + bytes, 0);
}

/** The number of listeners of our emitters: each is a closure of that name. */
export function countListeners(contents: HeapContents): number {
  return contents.get('closure registered')?.count ?? 0;
}

/** What grew most, as lines for display. */
export function describeGrowth(before: HeapContents, after: HeapContents, lines = 15): readonly string[] {
  const grown = [...after].map(([key, { count, bytes }]) => {
    const known = before.get(key) ?? { count: 0, bytes: 0 };
    return { key, count: count - known.count, bytes: bytes - known.bytes };
  });
  return grown
    .toSorted((a, b) => b.bytes - a.bytes)
    .slice(0, lines)
    .map(({ key, count, bytes }) => `${(bytes / 1024).toFixed(1).padStart(9)} kB  ${count}  ${key}`);
}
