import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Account, Field, Secrets } from '../../../../src/core/services/contract/signIn';
import { emptyForm, stepToFix, toFailure, toSteps } from '../../../../src/features/accounts/signInForm';
import { startSampleService, type SampleService } from '../../../../src/sample/server';
import { loadedService } from '../../../support/loadedServices';
import { connectTo, SERVICE_IDS } from '../../../support/service';

/** Answers of the right form that are wrong, by service and way of signing in. */
const WRONG: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'cja oauth': {
    clientId: '0'.repeat(32),
    clientSecret: 'p8e-wrong',
    orgId: '0123456789ABCDEF01234567@AdobeOrg',
    scopes: 'openid,nonsense',
  },
  'cja token': { clientId: '0'.repeat(32), orgId: '0123456789ABCDEF01234567@AdobeOrg', accessToken: 'wrong' },
  'datadog keys': { apiKey: '0'.repeat(32), applicationKey: '0'.repeat(40) },
  'datadog token': { token: 'wrong' },
  'krenalis apiKey': { apiKey: `api_${'x'.repeat(49)}`, workspace: 'wrong' },
  'immuta apiKey': { apiKey: 'wrong' },
  'immuta token': { token: 'wrong' },
};

describe('A wrong answer', () => {
  let sample: SampleService;
  before(async () => {
    sample = await startSampleService({ rate: 0 });
  });
  after(() => sample.close());

  /** A token as Developer Console makes one. */
  const pasted = async (): Promise<Secrets> => {
    const { settings, secrets } = sample.credentials('cja');
    const body = new URLSearchParams({
      ...{ grant_type: 'client_credentials', scope: 'openid' },
      ...{ client_id: settings.clientId, client_secret: secrets.clientSecret },
    });
    const answer = await fetch(`${sample.origin}/ims/token/v3`, { method: 'POST', body });
    const { access_token: accessToken } = (await answer.json()) as { readonly access_token: string };
    return { accessToken };
  };

  for (const id of SERVICE_IDS) {
    it(`when signing in to ${id} leads to its own box`, async () => {
      const service = loadedService(id);
      for (const way of service.methods) {
        const wrong = WRONG[`${id} ${way.id}`];
        assert.ok(wrong, `${id} ${way.id} has no line here`);
        const token = way.fields.some(({ key }) => key === 'accessToken') ? await pasted() : {};
        const steps = toSteps({ ...emptyForm([service]), method: way }, [service]);
        for (const [key, value] of Object.entries(wrong)) {
          const { settings, secrets } = answers(way.fields, token, [key, value]);
          const session = connectTo(id, { settings, secrets });
          const failure = await session
            .verify({ priority: 'interactive' })
            .then(() => assert.fail(`${id} ${way.id}: ${key} was accepted`), toFailure);
          const step = steps[stepToFix(steps, failure, () => '')];
          const box = step?.kind === 'field' ? step.field.key : step?.kind;
          assert.equal(box, key, `${way.id}: ${failure.text}`);
          session.dispose();
        }
      }
    });

    /** The right answers of a way, but for one. */
    const answers = (
      fields: readonly Pick<Field, 'key' | 'secret'>[],
      token: Secrets,
      [key, value]: readonly [string, string],
    ): { settings: Account['settings']; secrets: Secrets } => {
      const right = sample.credentials(id);
      const secret = fields.find((field) => field.key === key)?.secret === true;
      const kept = Object.entries(right.secrets).filter(([name]) =>
        fields.some((field) => field.key === name),
      );
      return {
        settings: { ...right.settings, ...(!secret && { [key]: value }) },
        secrets: { ...Object.fromEntries(kept), ...token, ...(secret && { [key]: value }) },
      };
    };
  }
});
