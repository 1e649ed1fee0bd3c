import { parentPath, type ResourcePath } from '../path';
import type { Portrait, Timeline } from '../portrait';
import type { Resource } from '../service';
import { structureOf } from './structure';
import { tablesOf } from './tables';

/** The picture of a resource of Krenalis. */
export const krenalisPortrait: Portrait = {
  tables: tablesOf,
  timeline: timelineOf,
  structureSources: sourcesOf,
  structure: structureOf,
};

/** Runs by pipeline. The runs of all pipelines come in one answer, which equal requests share. */
function timelineOf({ kind, path, hasChildren }: Resource): Timeline | undefined {
  const lanes = { lanes: 'pipeline', bars: 'run' } as const;
  if (kind === 'connection') return { source: path, ...lanes };
  const parent = parentPath(path);
  return kind === 'pipeline' && hasChildren && parent ? { source: parent, ...lanes, only: path } : undefined;
}

/** The pipelines, and the list that linked connections stand in. */
function sourcesOf({ kind, path }: Resource): readonly ResourcePath[] {
  const parent = parentPath(path);
  if (parent === undefined) return [];
  if (kind === 'connection') return [parent, path];
  const account = parentPath(parent);
  return kind === 'pipeline' && account ? [account, parent] : [];
}
