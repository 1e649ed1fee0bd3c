import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { services } from '../../../../src/core/services/registry';
import { SERVICE_IDS } from '../../../support/service';

describe('the services of the registry', () => {
  it('the sample stands in for every service, so that no test leaves one out', () => {
    assert.deepEqual(services.map(({ id }) => id).toSorted(), SERVICE_IDS.toSorted());
  });
});
