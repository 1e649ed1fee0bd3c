import type { Portrait } from '../portrait';
import { structureOf } from './structure';
import { tablesOf } from './tables';

/** The picture of a resource of Datadog. Nothing there takes time, so there is no timeline. */
export const datadogPortrait: Portrait = {
  tables: tablesOf,
  timeline: () => undefined,
  structureSources: ({ kind, path }) => (kind === 'entity' || kind === 'connection' ? [path] : []),
  structure: structureOf,
};
