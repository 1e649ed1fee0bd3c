import { person } from './connection';
import type { DataView } from './dataView';
import { CjaFailure } from './failures';
import type { Organisation } from './organisation';
import { pageByQuery, sortByQuery } from './paging';
import { readFlag, readWords } from './parameters';
import { drawHex } from '../random';
import { dataViewExpansions, renderDataView } from './renderDataView';

/** GET /data/dataviews. Needs no right of a product admin. */
export function listDataViews(organisation: Organisation, query: URLSearchParams): unknown {
  const expansion = readWords(query, 'expansion', dataViewExpansions);
  readFlag(query, 'cached', true);
  const parent = query.get('parentDataGroupId');
  const matching = organisation
    .dataViews()
    .filter(({ parentDataGroupId }) => parent === null || parentDataGroupId === parent);
  const sorted = sortByQuery(matching, query, ['id', 'modifiedDate', 'name'], {
    id: ({ id }) => id,
    modifiedDate: ({ modifiedDate }) => modifiedDate,
    name: ({ name }) => name,
  });
  return pageByQuery(sorted, query, organisation.options, (dataView) => renderDataView(dataView, expansion));
}

/** GET /data/dataviews/{id}. */
export function readDataView(organisation: Organisation, query: URLSearchParams, id: string): unknown {
  const expansion = readWords(query, 'expansion', dataViewExpansions);
  const dataView = organisation.dataViews().find((one) => one.id === id);
  if (!dataView) throw new CjaFailure('resource_not_found', `Data view ${id} was not found`);
  return renderDataView(dataView, expansion);
}

/**
 * POST /data/dataviews: makes a data view, and answers it whole. Fields that the sample does not keep are echoed.
 * @throws CjaFailure; that the right of a product admin is needed is documented by Adobe (KCS ka-30426), which fields
 * are required is inferred.
 */
export function createDataView(organisation: Organisation, body: string): unknown {
  if (!organisation.options.admin) {
    throw new CjaFailure('insufficient_access', 'Only IMS product admins can update/delete/create Dataview');
  }
  const input = parseObject(body);
  const name = readText(input, 'name');
  const parent = readText(input, 'parentDataGroupId');
  if (!organisation.connection(parent))
    throw new CjaFailure('invalid_data', `Connection ${parent} was not found`);
  const dataView = makeInput(organisation, input, name, parent);
  organisation.addDataView(dataView);
  return { ...input, ...renderDataView(dataView, new Set(dataViewExpansions)) };
}

function makeInput(
  organisation: Organisation,
  input: Input,
  name: string,
  parentDataGroupId: string,
): DataView {
  const { seed, now } = organisation.options;
  return {
    id: `dv_${drawHex(24, seed, 'dataView', organisation.dataViews().length, now())}`,
    name,
    description: typeof input.description === 'string' ? input.description : '',
    owner: person(seed, 0),
    parentDataGroupId,
    timezoneDesignator: typeof input.timezoneDesignator === 'string' ? input.timezoneDesignator : 'UTC',
    createdDate: now(),
    modifiedDate: now(),
  };
}

type Input = Readonly<Record<string, unknown>>;

function parseObject(body: string): Input {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    throw new CjaFailure('invalid_json_input', 'The body is not valid JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new CjaFailure('invalid_json_input', 'The body must be a JSON object');
  }
  return { ...value };
}

function readText(input: Input, field: string): string {
  const value = input[field];
  if (typeof value !== 'string' || value.trim() === '') {
    throw new CjaFailure('invalid_data', `Field '${field}' must be a text that is not empty`);
  }
  return value;
}
