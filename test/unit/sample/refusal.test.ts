import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { SampleRequest } from '../../../src/sample/common/exchange';
import { runOrRefuse } from '../../../src/sample/common/refusal';
import { DatadogFailure } from '../../../src/sample/datadog/failures';
import { spoil } from '../../../src/sample/faults';
import { startSampleService } from '../../../src/sample/server';

const request: SampleRequest = {
  ...{ method: 'GET', path: '/', segments: [], query: new URLSearchParams(), headers: {} },
  ...{ body: '', id: 'r1' },
};

it('answers what an operation returns, or how it refuses, and passes off no fault as a refusal', () => {
  assert.equal(
    runOrRefuse(request, () => 'done'),
    'done',
  );
  const refused = runOrRefuse(request, () => {
    throw new DatadogFailure(409, 'Conflict', 'exists');
  });
  assert.equal(refused.status, 409);
  assert.throws(() => runOrRefuse(request, () => ''.normalize('none')), RangeError);
});

it('tells a test of a fault that leads nowhere, and of a service that there is none', async (t) => {
  const fault = { match: {}, getAnswer: () => '/%E0%A4%A' };
  assert.throws(() => spoil(fault, request, () => assert.fail()), /No path/);
  const sample = await startSampleService();
  t.after(() => sample.close());
  assert.throws(() => sample.credentials('other' as 'cja'), /does not stand in for other/);
});
