import assert from 'node:assert/strict';
import { it } from 'node:test';
import { loadService } from '../../../../src/core/services/common/accountTerms';
import type { Field } from '../../../../src/core/services/contract/signIn';
import { services } from '../../../../src/core/services/registry';

/** `!`: kept as a secret. `?`: may be empty. `*`: its values are listed by the service. */
const FIELDS: Readonly<Record<string, string>> = {
  'cja oauth': 'clientId clientSecret! orgId scopes?',
  'cja token': 'clientId orgId accessToken!',
  'cja options':
    'tenant? sandboxName? sandboxId? connectionIds? includeType? backfillStatus? batches? locale? endpoint? imsEndpoint? platformEndpoint?',
  'datadog keys': 'site? apiKey! applicationKey!',
  'datadog token': 'site? token!',
  'datadog options': 'entities? endpoint?',
  'krenalis apiKey': 'endpoint apiKey! workspace?*',
  'krenalis options': '',
  'immuta apiKey': 'endpoint apiKey!',
  'immuta token': 'endpoint token!',
  'immuta options': 'taskType? taskStatus? taskTrigger? taskCreatedBy? runStatus?',
};

function describeFields(fields: readonly Field[]): string {
  return fields
    .map(
      ({ key, secret, optional, listed }) =>
        `${key}${secret ? '!' : ''}${optional ? '?' : ''}${listed ? '*' : ''}`,
    )
    .join(' ');
}

it('the fields of each sign-in are secret, optional and listed as intended', async () => {
  const found: Record<string, string> = {};
  for (const service of services) {
    const { methods, options } = await loadService(service);
    for (const { id, fields } of [...methods, { id: 'options', fields: options }])
      found[`${service.id} ${id}`] = describeFields(fields);
  }
  assert.deepEqual(found, FIELDS);
});
