import * as v from 'valibot';
import type { CallOptions } from '../../http/client';
import { brokenTerms } from '../brokenItems';
import { flag, id, isJsonObject, part, text } from '../decode';
import type { Term } from '../service';
import { readList } from './listing';
import type { Operations } from './operations';

const connectorSchema = v.object({
  code: id,
  label: text,
  type: text,
  /** Null where the connector cannot be one. */
  asSource: part({ summary: text, hasSettings: flag }),
  asDestination: part({ summary: text, hasSettings: flag }),
});

/** What connections can be made of (GET /v1/connectors). */
export interface Connector extends v.InferOutput<typeof connectorSchema> {
  /** True where an application's consent is needed first. */
  readonly oauth: boolean;
}

/** The connectors of an installation. */
export interface Connectors {
  readonly list: readonly Connector[];
  /** How many there are besides that nothing names. */
  readonly broken: number;
}

/**
 * The connectors of the installation.
 * @throws HttpError where they cannot be read.
 */
export async function readConnectors(operations: Operations, call: CallOptions): Promise<Connectors> {
  const values = readList(await operations.connectors(call), 'connectors');
  const list = values.flatMap((value) => {
    const decoded = v.safeParse(connectorSchema, value);
    if (!decoded.success || !isJsonObject(value)) return [];
    return [{ ...decoded.output, oauth: isJsonObject(value.oauth) }];
  });
  return { list, broken: values.length - list.length };
}

/** Connectors as words of a glossary. File connectors are among them, though no connection is made of one. */
export function connectorTerms({ list, broken }: Connectors): readonly Term[] {
  const terms = list.map(({ code, label, type, asSource, asDestination }) => {
    const summary = [type, asSource?.summary, asDestination?.summary].filter((word) => word !== undefined);
    return { id: code, label: label ?? code, description: summary.join(' · ') };
  });
  return [...terms, ...brokenTerms(broken)];
}
