import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readError as readCja } from '../../../../src/core/services/cja/client/errors';
import { readError as readDatadog } from '../../../../src/core/services/datadog/client/errors';
import { readError as readImmuta } from '../../../../src/core/services/immuta/client/errors';
import { readError as readKrenalis } from '../../../../src/core/services/krenalis/client/errors';

const readers = { cja: readCja, datadog: readDatadog, immuta: readImmuta, krenalis: readKrenalis };

/** What gateways and proxies answer in place of a service. */
const bodies: readonly (readonly [text: string, words: string | undefined])[] = [
  ['{"message":"Forbidden"}', 'Forbidden'],
  ['{"error":"Forbidden"}', 'Forbidden'],
  ['{"errors":["Forbidden"]}', 'Forbidden'],
  ['{"errors":[{"detail":"Forbidden"}]}', 'Forbidden'],
  ['{"error":{"message":"Forbidden"}}', 'Forbidden'],
  ['{"a":1}', undefined],
  ['[]', undefined],
  ['<html><title>Forbidden</title></html>', undefined],
];

describe('the answer of a gateway instead of a service', () => {
  for (const [service, readError] of Object.entries(readers)) {
    it(`is shown in its words, never as JSON or HTML: ${service}`, () => {
      for (const [text, words] of bodies) {
        const { message, code } = readError({ status: 403, headers: {}, text });
        assert.doesNotMatch(`${message} ${code}`, /[{}[\]<>]/, text);
        if (words !== undefined) assert.ok([message, code].includes(words), `${text} told as ${message}`);
      }
    });
  }
});
