import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { HttpResponse } from '../../src/core/http/types';
import { isJsonObject } from '../../src/core/http/json';

/** One exchange with a real Krenalis server. */
export interface Exchange {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly response: HttpResponse;
  /** The headers, verbatim. */
  readonly headers: ReadonlyMap<string, string>;
}

/**
 * Exchanges recorded from a real Krenalis server, which some machines have in a folder next to the project.
 * @returns undefined if there are none.
 */
export function recordedExchanges(): readonly Exchange[] | undefined {
  for (let folder = process.cwd(); ; folder = dirname(folder)) {
    const file = join(folder, 'shared', 'recorded', 'krenalis-head.jsonl');
    if (existsSync(file)) return readFileSync(file, 'utf8').trim().split('\n').map(readExchange);
    if (dirname(folder) === folder) return undefined;
  }
}

function readExchange(line: string): Exchange {
  const value: unknown = JSON.parse(line);
  if (!isJsonObject(value) || !isJsonObject(value.request) || !isJsonObject(value.response))
    throw new Error(`Not an exchange: ${line.slice(0, 80)}`);
  const { request, response } = value;
  const pairs: readonly unknown[] = Array.isArray(response.headers) ? response.headers : [];
  const headers = new Map(
    pairs.flatMap((pair): [string, string][] =>
      Array.isArray(pair) ? [[String(pair[0]), String(pair[1])]] : [],
    ),
  );
  return {
    name: getText(value.name),
    method: getText(request.method),
    path: getText(request.path),
    headers,
    response: {
      status: Number(response.status),
      headers: Object.fromEntries([...headers].map(([name, text]) => [name.toLowerCase(), text])),
      text: getText(response.body ?? ''),
    },
  };
}

function getText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
