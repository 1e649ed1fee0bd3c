import * as v from 'valibot';
import type { StatusState } from '../../../shared/status';
import type { Tally } from '../contract/detailViews';
import { type Resource, getJson } from '../contract/resource';

/** A tally of decoded resources: ID, label, state, and the number for one resource. */
type TallyPlan<Row> = readonly [
  id: string,
  label: string,
  state: StatusState,
  count: (row: Row) => number | undefined,
];

/** Tallies that decode resources with `schema`, each resource once. What cannot be decoded counts as 0. */
export function toTallies<S extends v.GenericSchema>(
  schema: S,
  plans: readonly TallyPlan<v.InferOutput<S>>[],
): readonly Tally[] {
  const known = new WeakMap<object, v.SafeParseResult<S>>();
  const decoded = (resource: Resource): v.SafeParseResult<S> => {
    const result = known.get(resource) ?? v.safeParse(schema, getJson(resource));
    known.set(resource, result);
    return result;
  };
  return plans.map(([id, label, state, count]) => ({
    id,
    label,
    state,
    count: (resource) => {
      const result = decoded(resource);
      return (result.success ? count(result.output) : undefined) ?? 0;
    },
  }));
}
