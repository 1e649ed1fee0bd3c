import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  validationMessage,
  partialAccount,
  emptyForm,
  toForm,
  initialText,
  keepsSavedSecret,
  newOrigins,
  toAccount,
  toSteps,
  stepToFix,
  toFailure,
  unansweredStep,
  uniqueName,
  withService,
  type SignInForm,
  type SignInStep,
} from '../../../../src/features/accounts/signInForm';
import { HttpError } from '../../../../src/core/http/errors';
import { loadedServices } from '../../../support/loadedServices';
import type { SignInMethod, Account } from '../../../../src/core/services/contract/signIn';
import { addressKeys, optionsSwitchedOn, SIGN_INS } from '../../../support/signIns';
import { field, method, service } from '../../../support/fakes/accounts';

const cja = service();
const oauth = wayIn(0);
const token = wayIn(1);
const plain = service({
  id: 'plain',
  title: 'Plain',
  methods: [method('key', [field('apiKey', { secret: true })])],
});

const account: Account = {
  id: 'a1',
  service: 'cja',
  name: 'Main',
  production: true,
  sample: false,
  settings: { orgId: 'A@AdobeOrg', clientId: 'c', tenant: 't', endpoint: 'https://example.com' },
};

function wayIn(index: number): SignInMethod {
  const way = cja.methods[index];
  assert.ok(way);
  return way;
}

function words(steps: readonly SignInStep[]): readonly string[] {
  return steps.map((step) => (step.kind === 'field' ? step.field.key : step.kind));
}

function filled(values: Readonly<Record<string, string>>): SignInForm {
  return { ...emptyForm([cja]), method: oauth, name: 'Main', values };
}

describe('the steps of a sign-in', () => {
  it('ask for the service only if there are several', () => {
    assert.deepEqual(words(toSteps(emptyForm([cja, plain]), [cja, plain])), ['service', 'name', 'finish']);
    assert.deepEqual(words(toSteps(emptyForm([cja]), [cja])), ['method', 'name', 'finish']);
  });

  it('ask for the method only if there are several, or a file can be imported', () => {
    assert.deepEqual(words(toSteps(emptyForm([plain]), [plain])), ['apiKey', 'name', 'finish']);
    const importing = {
      ...plain,
      methods: plain.methods.map((way) => ({ ...way, importFile: () => Promise.resolve({}) })),
    };
    assert.deepEqual(words(toSteps(emptyForm([importing]), [importing])), ['method', 'name', 'finish']);
  });

  it('ask for the fields of the chosen method', () => {
    const steps = toSteps({ ...emptyForm([cja]), method: token }, [cja]);
    assert.deepEqual(words(steps), ['method', 'orgId', 'accessToken', 'name', 'finish']);
  });

  it('ask an edited account for everything but its service', () => {
    const form = toForm(account, cja, { accessToken: 's' });
    const steps = toSteps(form, [cja, plain]);
    assert.deepEqual(words(steps), ['method', 'orgId', 'accessToken', 'name', 'finish']);
  });
});

describe('the answers of a sign-in', () => {
  it('show what was answered before, else the default', () => {
    const form = filled({ orgId: 'x' });
    assert.equal(initialText(form, field('orgId', { default: 'y' })), 'x');
    assert.equal(initialText(form, field('scopes', { default: 'y' })), 'y');
    assert.equal(initialText(form, field('other')), '');
  });

  it('do not show a saved secret, and keep it if the answer is empty', () => {
    const form = toForm(account, cja, { clientSecret: 'old' });
    const secret = field('clientSecret', { secret: true });
    assert.equal(initialText(form, secret), '');
    assert.ok(keepsSavedSecret(form, secret));
    assert.equal(validationMessage(form, secret, '', 'needed'), undefined);
    assert.deepEqual(toAccount({ ...form, values: { ...form.values, clientSecret: '' } })?.secrets, {
      clientSecret: 'old',
    });
    assert.deepEqual(toAccount({ ...form, values: { clientSecret: 'new' } })?.secrets, {
      clientSecret: 'new',
    });
  });

  it('are required, and validated by their field', () => {
    const form = filled({});
    assert.equal(validationMessage(form, field('orgId'), '', 'needed'), 'needed');
    assert.equal(validationMessage(form, field('tenant', { optional: true }), '', 'needed'), undefined);
    const picky = field('orgId', { validate: (text) => `not ${text}` });
    assert.equal(validationMessage(form, picky, 'x', 'needed'), 'not x');
  });

  it('are split into settings and secrets, without empty ones and those of another method', () => {
    const values = { orgId: 'o', clientId: 'c', clientSecret: 's', accessToken: 'typed before', tenant: '' };
    assert.deepEqual(toAccount(filled(values)), {
      definition: {
        service: 'cja',
        name: 'Main',
        production: false,
        sample: false,
        settings: { orgId: 'o', clientId: 'c' },
      },
      secrets: { clientSecret: 's' },
    });
  });

  it('have no result before the method and the name are known', () => {
    assert.equal(toAccount(emptyForm([cja])), undefined);
    assert.equal(toAccount({ ...emptyForm([cja]), method: oauth, values: {} }), undefined);
  });

  it('describe the account before it has a name, without the field in question', () => {
    const values = { orgId: 'o', tenant: 't', clientSecret: 's' };
    const form = { ...emptyForm([cja]), method: oauth, values };
    assert.equal(toAccount(form), undefined);
    const draft = partialAccount(form, 'tenant');
    assert.deepEqual(draft?.definition.settings, { orgId: 'o' });
    assert.deepEqual(draft.secrets, { clientSecret: 's' });
    assert.equal(partialAccount(emptyForm([cja]), 'tenant'), undefined);
  });

  it('keep settings that no form asks for through an edit, and clear those that were emptied', () => {
    const form = toForm(account, cja, { clientSecret: 's' });
    const result = toAccount({ ...form, values: { ...form.values, tenant: '' } });
    assert.deepEqual(result?.definition.settings, {
      orgId: 'A@AdobeOrg',
      clientId: 'c',
      endpoint: 'https://example.com',
    });
    assert.equal(result.definition.production, true);
  });

  it('make names unique', () => {
    assert.equal(uniqueName('Adobe CJA', []), 'Adobe CJA');
    assert.equal(uniqueName('Adobe CJA', ['Adobe CJA', 'Adobe CJA 2']), 'Adobe CJA 3');
  });
});

describe('the saved secrets of an account whose address changes', () => {
  const placed = service({ options: [field('endpoint', { optional: true })] });
  const form = toForm(account, placed, { clientSecret: 'old' });
  const secret = field('clientSecret', { secret: true });
  const at = (endpoint: string, more: Readonly<Record<string, string>> = {}): SignInForm => ({
    ...form,
    values: { ...form.values, endpoint, ...more },
  });

  it('are not kept: they are asked for again', () => {
    const moved = at('https://other.example');
    assert.ok(!keepsSavedSecret(moved, secret));
    assert.equal(validationMessage(moved, secret, '', 'needed'), 'needed');
    assert.deepEqual(toAccount(moved)?.secrets, {});
    assert.deepEqual(partialAccount(moved, 'tenant')?.secrets, {});
    assert.deepEqual(newOrigins(moved), ['https://other.example']);
    assert.equal(words(toSteps(moved, [placed]))[unansweredStep(moved, [placed])], 'clientSecret');
  });

  it('are replaced by those that are typed', () => {
    const typed = at('https://other.example', { clientSecret: 'new' });
    assert.deepEqual(toAccount(typed)?.secrets, { clientSecret: 'new' });
    assert.equal(unansweredStep(typed, [placed]), -1);
  });

  it('are kept if the address is unchanged', () => {
    const back = at('https://example.com');
    assert.ok(keepsSavedSecret(back, secret));
    assert.deepEqual(newOrigins(back), []);
    assert.equal(unansweredStep(back, [placed]), -1);
  });

  it('are kept for no unusable address, before or after', () => {
    const picky = service({
      options: placed.options,
      origins: ({ endpoint = '' }) => {
        if (!URL.canParse(endpoint)) throw new HttpError('rejected', 'no address');
        return [endpoint];
      },
    });
    const settings = { ...account.settings, endpoint: 'nonsense' };
    for (const values of [settings, account.settings]) {
      const odd = { ...toForm({ ...account, settings }, picky, { clientSecret: 'old' }), values };
      assert.ok(!keepsSavedSecret(odd, secret));
      assert.deepEqual(toAccount(odd)?.secrets, {});
    }
    const before = toForm({ ...account, settings }, picky, { clientSecret: 'old' });
    const mended = { ...before, values: { ...before.values, endpoint: 'https://example.com' } };
    assert.deepEqual([newOrigins(before), newOrigins(mended)], [[], ['https://example.com']]);
  });

  const services = loadedServices();
  for (const real of services) {
    it(`are asked for again at ${real.title}, whichever address it is`, () => {
      const { settings: given = {}, secrets = {} } = SIGN_INS[real.id] ?? {};
      const settings = { ...optionsSwitchedOn(real), ...given };
      const saved = toForm({ ...account, service: real.id, settings }, real, secrets);
      assert.deepEqual(toAccount(saved)?.secrets, secrets);
      for (const key of addressKeys(real)) {
        const values = { ...saved.values, [key]: 'https://elsewhere.example' };
        const moved: SignInForm = { ...saved, values };
        assert.deepEqual(toAccount(moved)?.secrets, {}, key);
        const step = toSteps(moved, services)[unansweredStep(moved, services)];
        assert.ok(step?.kind === 'field' && step.field.secret, key);
      }
    });
  }
});

describe('the saved secrets of an account of Adobe CJA', () => {
  const real = loadedServices().find(({ id }) => id === 'cja') ?? assert.fail('cja');
  const { settings = {}, secrets = {} } = SIGN_INS.cja ?? {};
  const formWith = (saved: object, values: object): SignInForm => ({
    ...toForm({ ...account, service: 'cja', settings: { ...settings, ...saved } }, real, secrets),
    values: { ...settings, ...values },
  });

  it('are asked for again when batches are switched on, and the second origin is named', () => {
    const on = formWith({}, { batches: 'on' });
    assert.deepEqual(toAccount(on)?.secrets, {});
    assert.deepEqual(newOrigins(on), ['https://platform.adobe.io']);
  });

  it('are kept when batches are switched off, because they go to fewer places', () => {
    const off = formWith({ batches: 'on' }, { batches: '' });
    assert.deepEqual([toAccount(off)?.secrets, newOrigins(off)], [secrets, []]);
    assert.equal(toAccount(off)?.definition.settings.batches, undefined);
  });
});

describe('the secrets typed for one service', () => {
  it('are dropped when another one is chosen', () => {
    const typed = {
      ...emptyForm([cja, plain]),
      ...withService(emptyForm([cja, plain]), plain),
      values: { apiKey: 's' },
    };
    assert.deepEqual(withService(typed, plain), typed);
    const other = withService(typed, service({ id: 'other', options: [field('apiKey', { secret: true })] }));
    assert.deepEqual(other.values, {});
  });
});

describe('the production mark of an edited account', () => {
  const form = toForm(account, cja, { clientSecret: 's' });

  it('is saved only if the user changed it, and removed only with a typed name', () => {
    assert.equal(toAccount(form)?.production, undefined);
    assert.equal(toAccount({ ...form, production: false })?.production, undefined);
    const unmark = { typedName: 'Main' };
    assert.deepEqual(toAccount({ ...form, production: false, unmark })?.production, unmark);
    const ordinary = toForm({ ...account, production: false }, cja, { clientSecret: 's' });
    assert.equal(toAccount(ordinary)?.production, undefined);
    assert.equal(toAccount({ ...ordinary, production: true })?.production, true);
  });
});

describe('the step after a failed verification', () => {
  const steps = toSteps({ ...emptyForm([cja]), method: oauth }, [cja]);
  const mend = (error: unknown): string | undefined =>
    words(steps)[stepToFix(steps, toFailure(error), () => '')];

  it('is the field that is wrong, whatever the message mentions', () => {
    const wrongOrg = { wrongField: 'orgId' };
    assert.equal(mend(new HttpError('permission', 'The client ID is fine.', wrongOrg)), 'orgId');
    assert.equal(mend(new HttpError('authentication', 'The secret is fine.', wrongOrg)), 'orgId');
  });

  it('is the secret for wrong credentials', () => {
    assert.equal(mend(new HttpError('authentication', 'no')), 'clientSecret');
  });

  it('is the address for the answer of another server, and the last step if that is an option', () => {
    for (const kind of ['protocol', 'notFound'] as const) {
      assert.equal(mend(new HttpError(kind, 'A page.')), 'finish');
      const asked = method('m', [field('apiKey', { secret: true }), field('endpoint')]);
      const other = toSteps({ ...emptyForm([cja]), method: asked }, [cja]);
      assert.equal(
        words(other)[stepToFix(other, toFailure(new HttpError(kind, 'A page.')), () => '')],
        'endpoint',
      );
    }
  });

  it('leads to the address whose host was not reached, and to no other', () => {
    const asked = method('m', [field('endpoint'), field('proxy'), field('apiKey', { secret: true })]);
    const other = toSteps({ ...emptyForm([cja]), method: asked }, [cja]);
    const texts: Readonly<Record<string, string>> = {
      ...{ endpoint: ' https://Tenant.example.com:8443/ ', proxy: 'no address' },
      apiKey: 'https://c.example.com',
    };
    const leadsTo = (unreachedHost: string): string | undefined => {
      const failure = toFailure(new HttpError('network', 'No such host.', { unreachedHost }));
      return words(other)[stepToFix(other, failure, ({ key }) => texts[key] ?? '')];
    };
    assert.equal(leadsTo('tenant.example.com:8443'), 'endpoint');
    assert.equal(leadsTo('tenant.example.com'), 'finish');
    assert.equal(leadsTo('c.example.com'), 'finish', 'a secret is no address');
  });

  it('is unchanged if the answers are not to blame', () => {
    for (const kind of ['network', 'timeout', 'server', 'rateLimit', 'permission', 'rejected'] as const) {
      assert.equal(mend(new HttpError(kind, 'clientId')), 'finish');
    }
    assert.equal(mend(new TypeError('clientId')), 'finish');
  });

  it('offers to save unverified only if the service could not be reached', () => {
    assert.ok(toFailure(new HttpError('network', '')).maySave);
    assert.ok(toFailure(new HttpError('timeout', '')).maySave);
    assert.ok(!toFailure(new HttpError('authentication', '')).maySave);
    assert.ok(!toFailure(undefined).maySave);
  });
});
