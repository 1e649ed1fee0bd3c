import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isJsonObject } from '../../../../../src/core/http/json';
import { recordedExchanges, type Exchange } from '../../../../support/recordedKrenalis';
import { writtenExchanges } from './exchanges';

const recorded = recordedExchanges();
const note = recorded ? '' : ' (skipped: no recordings beside the project)';

/** The operation of an exchange: IDs and queries do not matter. */
function getOperation({ method, path, response }: Exchange): string {
  const [start = ''] = path.split('?');
  const segments = start
    .split('/')
    .map((segment) => (/^[1-9A-HJ-NP-Za-km-z]{12}$/.test(segment) ? ':id' : segment));
  return `${method} ${segments.join('/')} ${response.status}`;
}

/** Each member of a value with its type, such as `connections[].id: string`. */
function getMembers(value: unknown, place = ''): readonly string[] {
  if (Array.isArray(value))
    return [`${place}: list`, ...value.flatMap((item) => getMembers(item, `${place}[]`))];
  if (!isJsonObject(value)) return [`${place}: ${value === null ? 'null' : typeof value}`];
  return [
    `${place}: object`,
    ...Object.entries(value).flatMap(([name, each]) => getMembers(each, `${place}.${name}`)),
  ];
}

function getShape({ response: { text } }: Exchange): readonly string[] {
  if (!text.startsWith('{')) return [text.trim() === '' ? 'empty' : 'text'];
  return getMembers(JSON.parse(text));
}

/** Members whose names are data, and those that the service documents but no recording has. */
const OTHERS = /\.mapping\.|\.anonymousIds|\.identifiers\[\]/;

describe(`exchanges of Krenalis that were written by hand${note}`, { skip: recorded === undefined }, () => {
  for (const written of writtenExchanges()) {
    it(`has no member that was not recorded: ${written.name}`, () => {
      const isError = written.response.status >= 400;
      const alike = (recorded ?? []).filter((each) =>
        isError
          ? each.response.status === written.response.status
          : getOperation(each) === getOperation(written),
      );
      assert.ok(alike.length > 0, `${getOperation(written)} was not recorded`);
      const known = new Set(alike.flatMap(getShape));
      const unknown = getShape(written).filter((member) => !known.has(member) && !OTHERS.test(member));
      assert.deepEqual(unknown, []);
    });
  }
});
