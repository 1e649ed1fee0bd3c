import * as v from 'valibot';
import type { CallOptions } from '../../http/client';
import { flag, id, isJsonObject, list, part, text, texts } from '../decode';
import type { Term } from '../service';
import { readList } from './listing';
import type { Operations } from './operations';

const connectorSchema = v.object({
  code: id,
  label: text,
  type: text,
  /** Whether source connections need a strategy. */
  strategies: flag,
  /** Null where the connector cannot be one. */
  asSource: part({ targets: list, summary: text, hasSettings: flag }),
  /** `sendingMode` is null where none can be chosen. */
  asDestination: part({ targets: list, summary: text, hasSettings: flag, sendingMode: text }),
});

/** What connections can be made of (GET /v1/connectors). */
export interface Connector extends v.InferOutput<typeof connectorSchema> {
  /** True where an application's consent is needed first. */
  readonly oauth: boolean;
}

/**
 * The connectors of the installation. Broken ones are left out.
 * @throws HttpError where they cannot be read.
 */
export async function readConnectors(
  operations: Operations,
  call: CallOptions,
): Promise<readonly Connector[]> {
  const values = readList(await operations.connectors(call), 'connectors');
  return values.flatMap((value) => {
    const decoded = v.safeParse(connectorSchema, value);
    if (!decoded.success || !isJsonObject(value)) return [];
    return [{ ...decoded.output, oauth: isJsonObject(value.oauth) }];
  });
}

/** True where connections of that connector and role take part in events. */
export function hasEvents(connector: Connector | undefined, role: string | undefined): boolean {
  const side = role === 'Source' ? connector?.asSource : connector?.asDestination;
  return texts(side?.targets).includes('Event');
}

/** Connectors as words of a glossary. File connectors are among them, though no connection is made of one. */
export function connectorTerms(connectors: readonly Connector[]): readonly Term[] {
  return connectors.map(({ code, label, type, asSource, asDestination }) => {
    const summary = [type, asSource?.summary, asDestination?.summary].filter((word) => word !== undefined);
    return { id: code, label: label ?? code, description: summary.join(' · ') };
  });
}
