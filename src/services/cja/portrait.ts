import { parentPath, type ResourcePath } from '../path';
import type { Portrait, Timeline } from '../portrait';
import type { Resource } from '../service';
import { structureOf } from './structure';
import { tablesOf } from './tables';

/**
 * The picture of a resource of Adobe CJA. A connection without JSON, which is known by its data views only, has neither
 * timeline nor structure.
 */
export const cjaPortrait: Portrait = {
  tables: tablesOf,
  timeline: timelineOf,
  structureSources: sourcesOf,
  structure: structureOf,
};

/** Backfills by dataset: one request brings those of a whole connection (expansion `granularBackfills`). */
function timelineOf({ kind, path, json }: Resource): Timeline | undefined {
  if (json === undefined) return undefined;
  const lanes = { lanes: 'dataset', bars: 'backfill' } as const;
  if (kind === 'connection') return { source: path, ...lanes, together: true };
  const parent = parentPath(path);
  return kind === 'dataset' && parent ? { source: parent, ...lanes, only: path } : undefined;
}

function sourcesOf({ kind, path, json }: Resource): readonly ResourcePath[] {
  if (json === undefined) return [];
  if (kind === 'connection') return [path];
  const parent = parentPath(path);
  return kind === 'dataset' && parent ? [parent] : [];
}
