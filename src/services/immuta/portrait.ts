import { parentPath, type ResourcePath } from '../path';
import type { Portrait, Timeline } from '../portrait';
import type { Resource } from '../service';
import { tasksGroup } from './resources';
import { structureOf } from './structure';
import { tablesOf } from './tables';

/** The picture of a resource of Immuta. */
export const immutaPortrait: Portrait = {
  tables: tablesOf,
  timeline: timelineOf,
  structureSources: sourcesOf,
  structure: structureOf,
};

/** Runs by task. Immuta sends the runs of one task at a time. */
function timelineOf(resource: Resource): Timeline | undefined {
  const { kind, path } = resource;
  const lanes = { lanes: 'task', bars: 'run' } as const;
  if (kind === 'connection') return { source: tasksGroup(resource).path, ...lanes };
  if (kind === 'group') return { source: path, ...lanes };
  const parent = parentPath(path);
  return kind === 'task' && parent ? { source: parent, ...lanes, only: path } : undefined;
}

function sourcesOf({ kind, path }: Resource): readonly ResourcePath[] {
  return kind === 'connection' || kind === 'dataObject' ? [path] : [];
}
