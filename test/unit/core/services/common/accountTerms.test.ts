import assert from 'node:assert/strict';
import { it } from 'node:test';
import { accountTerms, loadService } from '../../../../../src/core/services/common/accountTerms';
import { services } from '../../../../../src/core/services/registry';

it('the terms of an account name the fields of the method whose secrets it has', async () => {
  for (const service of services) {
    const loaded = await loadService(service);
    for (const method of loaded.methods) {
      const fields = method.fields.filter(({ secret }) => secret);
      const secrets = Object.fromEntries(fields.map(({ key }) => [key, 'x']));
      const account = { name: 'Test', settings: {} };
      const labels = fields.map(({ label }) => label);
      assert.ok(labels.length > 0, method.id);
      assert.deepEqual(accountTerms(loaded, account, secrets).secrets, labels, method.id);
      assert.deepEqual(accountTerms(loaded, account, {}).secrets, [], method.id);
    }
  }
});
