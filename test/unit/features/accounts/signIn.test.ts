import { editor } from '../../../support/vscode/vscode';
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import {
  emptyForm,
  toForm,
  type SignInFailure,
  type SignInForm,
} from '../../../../src/features/accounts/signInForm';
import { signIn, type SignedIn, type SignInContext } from '../../../../src/features/accounts/signIn';
import { HttpError } from '../../../../src/core/http/errors';
import type { LoadedService } from '../../../../src/core/services/contract/service';
import type { Choice, Secrets, Account, Identity } from '../../../../src/core/services/contract/signIn';
import { settle } from '../../../support/fakes/store';
import type { InputBox, QuickPick } from '../../../support/vscode/inputs';
import { Uri } from '../../../support/vscode/values';
import { field, method, service } from '../../../support/fakes/accounts';

const cja = service();
const plain = service({
  ...{ id: 'plain', title: 'Plain', options: [] },
  methods: [method('key', [field('apiKey', { secret: true })])],
});
const refused = new HttpError('authentication', 'The secret is wrong.');
const offline = new HttpError('network', 'No route.');

const saved: Account = {
  ...{ id: 'a1', service: 'cja', name: 'Main', production: true, sample: false },
  settings: { orgId: 'A@AdobeOrg', clientId: 'c', endpoint: 'https://example.com' },
};

/** A sign-in in progress, and a person who answers. */
class SignIn {
  readonly tries: (readonly [settings: object, secrets: Secrets])[] = [];
  /** What verification and choices come to. */
  verify = (): Promise<Identity> => Promise.resolve({ name: 'Ann' });
  choices = (): Promise<readonly Choice[]> => Promise.resolve([]);
  readonly asked: string[] = [];
  done = false;
  result: SignedIn | undefined;

  constructor(
    form: SignInForm,
    services: readonly LoadedService[] = [cja],
    accounts: readonly Account[] = [],
    failure?: SignInFailure,
  ) {
    editor.reset();
    const context: SignInContext = {
      accounts: { list: () => accounts },
      services,
      sessions: {
        verify: async ({ settings }, secrets) => {
          this.tries.push([settings, secrets]);
          return await this.verify();
        },
        choices: async (_definition, _secrets, key) => {
          this.asked.push(key);
          return await this.choices();
        },
      },
    };
    void signIn(context, form, failure).then((result) => {
      this.done = true;
      this.result = result;
    });
  }

  async box(): Promise<InputBox> {
    await settle();
    const box = editor.inputs.boxes.at(-1);
    return box && !box.isDisposed ? box : assert.fail('no input box');
  }

  async pick(): Promise<QuickPick> {
    await settle();
    const pick = editor.inputs.picks.at(-1);
    return pick && !pick.isDisposed ? pick : assert.fail('no quick pick');
  }

  async type(text: string): Promise<void> {
    const box = await this.box();
    box.type(text);
    box.accept();
  }

  async choose(label: string): Promise<void> {
    (await this.pick()).choose(label);
  }

  async back(): Promise<void> {
    await settle();
    const open = [...editor.inputs.boxes, ...editor.inputs.picks].find(({ isDisposed }) => !isDisposed);
    open?.pressButton();
  }

  /** Answers all questions of the OAuth method, up to the last one. */
  async fill(): Promise<void> {
    await this.choose('oauth');
    for (const text of ['A@AdobeOrg', 'c', 's']) await this.type(text);
    await this.type('Main');
  }
}

const labels = ({ items }: QuickPick): readonly string[] => items.map(({ label }) => label);
const described = ({ items }: QuickPick): readonly string[] =>
  items.map(({ label, description = '', detail = '' }) => [label, description, detail].join(' | '));

describe('Signing in', () => {
  it('asks for one thing after the other, and verifies everything', async () => {
    const going = new SignIn(emptyForm([cja, plain]), [cja, plain]);
    const first = await going.pick();
    assert.deepEqual(
      [first.title, labels(first), first.buttons],
      ['Add Account', ['Adobe CJA', 'Plain'], []],
    );
    assert.deepEqual([first.step, first.ignoreFocusOut], [undefined, true]);
    first.choose('Adobe CJA');
    const second = await going.pick();
    assert.deepEqual([labels(second), second.buttons.length], [['oauth', 'token'], 1]);
    second.choose('oauth');
    const org = await going.box();
    assert.deepEqual(
      [org.title, org.prompt, org.step, org.totalSteps, org.password],
      ['Add Account – ORGID', 'orgId', 3, 7, false],
    );
    org.type('  A@AdobeOrg ');
    org.accept();
    await going.type('c');
    const secret = await going.box();
    assert.deepEqual([secret.password, secret.placeholder, secret.value], [true, undefined, '']);
    secret.type('s');
    secret.accept();
    const name = await going.box();
    assert.deepEqual([name.title, name.value], ['Add Account', 'Adobe CJA']);
    name.accept();
    const last = await going.pick();
    assert.deepEqual(described(last), [
      'Sign In |  | ',
      'Production | No | Marked in the tree. Destructive actions require extra confirmation.',
      'TENANT | Not set | tenant',
    ]);
    last.choose('Sign In');
    await settle();
    const settings = { orgId: 'A@AdobeOrg', clientId: 'c' };
    assert.deepEqual(going.tries, [[settings, { clientSecret: 's' }]]);
    assert.deepEqual(going.result, {
      definition: { service: 'cja', name: 'Adobe CJA', production: false, sample: false, settings },
      secrets: { clientSecret: 's' },
      identity: { name: 'Ann' },
    });
    assert.deepEqual(
      editor.inputs.progress.map(({ title }) => title),
      ['Verifying "Adobe CJA"'],
    );
  });

  it('goes back with all answers kept, and ends when it is closed', async () => {
    const going = new SignIn(emptyForm([cja, plain]), [cja, plain]);
    await going.choose('Adobe CJA');
    await going.choose('token');
    await going.type('A@AdobeOrg');
    await going.back();
    assert.equal((await going.box()).value, 'A@AdobeOrg');
    await going.back();
    const methods = await going.pick();
    assert.equal(methods.activeItems[0]?.label, 'token');
    await going.back();
    const services = await going.pick();
    assert.equal(services.activeItems[0]?.label, 'Adobe CJA');
    services.hide();
    await settle();
    assert.deepEqual([going.done, going.result], [true, undefined]);
    assert.ok([...editor.inputs.boxes, ...editor.inputs.picks].every(({ isDisposed }) => isDisposed));
  });

  it('validates an answer while it is typed, and accepts no invalid one', async () => {
    const validate = (text: string): string | undefined => (text.includes('x') ? 'No x, please.' : undefined);
    const strict = service({ methods: [method('m', [field('orgId', { validate, placeholder: 'A…' })])] });
    const taken = { ...saved, id: 'a2', name: 'Taken' };
    const going = new SignIn(emptyForm([strict]), [strict], [taken]);
    const box = await going.box();
    assert.equal(box.placeholder, 'A…');
    box.accept();
    assert.equal(box.validationMessage, 'Enter ORGID.');
    box.type(' x ');
    assert.equal(box.validationMessage, 'No x, please.');
    box.type('');
    assert.equal(box.validationMessage, undefined, 'nothing is wrong yet');
    box.type('x');
    box.accept();
    await settle();
    assert.ok(!box.isDisposed);
    await going.type('A');
    const name = await going.box();
    for (const [text, message] of [
      ['Taken', 'An account with this name already exists. Enter a different name.'],
      [' Taken ', 'An account with this name already exists. Enter a different name.'],
    ] as const) {
      name.type(text);
      assert.equal(name.validationMessage, message);
    }
    name.type('  ');
    assert.equal(name.validationMessage, 'Enter a name.');
    name.type('Free');
    assert.equal(name.validationMessage, undefined);
    name.accept();
    assert.equal((await going.pick()).activeItems[0]?.label, 'Sign In');
  });

  it('leads back to the wrong answer, with the reason', async () => {
    const going = new SignIn(emptyForm([cja]));
    going.verify = () => Promise.reject(refused);
    await going.fill();
    await going.choose('Sign In');
    const secret = await going.box();
    assert.equal(secret.title, 'Add Account – CLIENTSECRET');
    assert.match(secret.validationMessage ?? '', /The secret is wrong\./);
    assert.equal(secret.value, 's');
    going.verify = () => Promise.resolve({ name: 'Ann' });
    await going.type('better');
    await settle();
    assert.deepEqual([going.result?.secrets, going.tries.length], [{ clientSecret: 'better' }, 2]);
  });

  it('verifies again right after a correction, as often as it takes, and asks nothing else', async () => {
    const going = new SignIn(emptyForm([cja]));
    const wrongOrg = new HttpError('permission', 'Unknown.', { wrongField: 'orgId' });
    going.verify = () => Promise.reject(wrongOrg);
    await going.fill();
    await going.choose('Sign In');
    for (const text of ['B@AdobeOrg', 'C@AdobeOrg']) {
      assert.equal((await going.box()).title, 'Add Account – ORGID');
      await going.type(text);
    }
    await going.box();
    going.verify = () => Promise.reject(refused);
    await going.type('D@AdobeOrg');
    assert.equal((await going.box()).title, 'Add Account – CLIENTSECRET');
    going.verify = () => Promise.resolve({ name: 'Ann' });
    await going.type('better');
    await settle();
    assert.deepEqual(going.tries.at(-1), [
      { orgId: 'D@AdobeOrg', clientId: 'c' },
      { clientSecret: 'better' },
    ]);
    assert.equal(going.result?.definition.name, 'Main');
  });

  it('goes through the steps one by one again if Back was pressed at the wrong answer', async () => {
    const going = new SignIn(emptyForm([cja]));
    going.verify = () => Promise.reject(refused);
    await going.fill();
    await going.choose('Sign In');
    await going.back();
    assert.deepEqual([(await going.box()).title, (await going.box()).value], ['Add Account – CLIENTID', 'c']);
    await going.type('c2');
    assert.deepEqual([(await going.box()).title, going.tries.length], ['Add Account – CLIENTSECRET', 1]);
  });

  it('can be retried, or saved as it is, if the service cannot be reached', async () => {
    const going = new SignIn(emptyForm([cja]));
    going.verify = () => Promise.reject(offline);
    await going.fill();
    await going.choose('Sign In');
    const last = await going.pick();
    assert.deepEqual(labels(last), ['Retry', 'Save Anyway', 'Production', 'TENANT']);
    assert.match(described(last)[0] ?? '', /No route\./);
    assert.deepEqual(
      last.items.map(({ iconPath }) => iconPath?.id),
      ['refresh', 'save', undefined, undefined],
    );
    last.choose('Retry');
    await going.choose('Save Anyway');
    await settle();
    assert.deepEqual(
      [going.tries.length, going.result?.identity, going.result?.secrets],
      [2, undefined, { clientSecret: 's' }],
    );
  });

  it('returns to the address that was not reached, verifies another one, and lets the same be saved', async () => {
    const moving = service({
      ...{ methods: [method('m', [field('endpoint'), field('key', { secret: true })])], options: [] },
    });
    const going = new SignIn(emptyForm([moving]), [moving]);
    const notFound = new HttpError('network', 'No such host.', { unreachedHost: 'a.invalid' });
    going.verify = () => Promise.reject(notFound);
    for (const text of ['https://a.invalid', 'k', 'Main']) await going.type(text);
    await going.choose('Sign In');
    const box = await going.box();
    assert.deepEqual(
      [box.title, box.value, box.validationMessage?.includes('No such host.')],
      ['Add Account – ENDPOINT', 'https://a.invalid', true],
    );
    await going.type('https://a.invalid');
    assert.deepEqual(labels(await going.pick()), ['Retry', 'Save Anyway', 'Production']);
    assert.equal(going.tries.length, 1);
    await going.choose('Retry');
    await going.box();
    going.verify = () => Promise.resolve({ name: 'Ann' });
    await going.type('https://b.invalid');
    await settle();
    assert.deepEqual(going.tries.at(-1), [{ endpoint: 'https://b.invalid' }, { key: 'k' }]);
    assert.ok(going.done);
  });

  it('stays where it is when verifying is cancelled', async () => {
    const going = new SignIn(emptyForm([cja]));
    let fail: (error: Error) => void = () => undefined;
    going.verify = () => new Promise((_, reject) => (fail = reject));
    await going.fill();
    await going.choose('Sign In');
    await settle();
    editor.inputs.progress.at(-1)?.cancel();
    fail(new Error('aborted'));
    assert.deepEqual(labels(await going.pick()), ['Sign In', 'Production', 'TENANT']);
    assert.ok(!going.done);
  });

  it('sets options and the production mark before it starts', async () => {
    const options = [
      field('tenant', { optional: true }),
      field('extra', { optional: true, secret: true, default: 'd' }),
    ];
    const rich = service({ options });
    const going = new SignIn(emptyForm([rich]), [rich]);
    await going.fill();
    assert.deepEqual(described(await going.pick()).slice(2), [
      'TENANT | Not set | tenant',
      'EXTRA | •••• | extra',
    ]);
    await going.choose('TENANT');
    const box = await going.box();
    assert.deepEqual([box.title, box.buttons.length, box.step], ['Add Account – TENANT', 1, undefined]);
    await going.type('t');
    assert.ok(described(await going.pick()).includes('TENANT | t | tenant'));
    await going.choose('TENANT');
    await going.back();
    assert.ok(described(await going.pick()).includes('TENANT | t | tenant'), 'as it was');
    await going.choose('Production');
    assert.match(described(await going.pick())[1] ?? '', /Production \| Yes/);
    await going.choose('Production');
    assert.match(described(await going.pick())[1] ?? '', /Production \| No/);
    await going.choose('Production');
    await going.choose('Sign In');
    await settle();
    assert.deepEqual(
      [going.result?.definition.production, going.result?.definition.settings.tenant],
      [true, 't'],
    );
    const given = new SignIn(emptyForm([rich]), [rich]);
    await given.fill();
    await given.choose('TENANT');
    (await given.box()).hide();
    await settle();
    assert.deepEqual([given.done, given.result], [true, undefined]);
  });
});

describe('Editing an account', () => {
  const form = (): SignInForm => toForm(saved, cja, { clientSecret: 's' });

  it('shows saved values except secrets, which are kept if nothing is entered', async () => {
    const going = new SignIn(form(), [cja, plain], [saved]);
    const methods = await going.pick();
    assert.deepEqual([methods.title, methods.activeItems[0]?.label], ['Edit Account "Main"', 'oauth']);
    methods.choose('oauth');
    assert.equal((await going.box()).value, 'A@AdobeOrg');
    await going.type('A@AdobeOrg');
    await going.type('c2');
    const secret = await going.box();
    assert.deepEqual([secret.value, secret.placeholder], ['', 'Unchanged']);
    secret.accept();
    assert.equal((await going.box()).validationMessage, undefined, 'its own name is free');
    await going.type('Main');
    const last = await going.pick();
    assert.deepEqual(labels(last), ['Verify and Save', 'Production', 'TENANT']);
    last.choose('Verify and Save');
    await settle();
    assert.deepEqual(going.result?.secrets, { clientSecret: 's' });
    assert.equal(going.result.definition.settings.clientId, 'c2');
    assert.ok(!('production' in going.result), 'nobody changed the mark');
  });

  it('starts with the wrong answer if it is known, and verifies after it', async () => {
    const failure = { text: 'Unknown organization.', wrongField: 'orgId', isRefused: true, maySave: false };
    const going = new SignIn(form(), [cja, plain], [saved], failure);
    const org = await going.box();
    assert.deepEqual(
      [org.title, org.value, org.validationMessage],
      ['Edit Account "Main" – ORGID', 'A@AdobeOrg', 'Unknown organization.'],
    );
    await going.type('B@AdobeOrg');
    await settle();
    assert.deepEqual(going.tries, [[{ ...saved.settings, orgId: 'B@AdobeOrg' }, { clientSecret: 's' }]]);
    assert.equal(going.result?.definition.settings.orgId, 'B@AdobeOrg');
    const unreadable = new SignIn(toForm(saved, cja, {}), [cja], [saved], failure);
    assert.deepEqual(
      labels(await unreadable.pick()),
      ['oauth', 'token'],
      'without secrets the way is unknown',
    );
  });

  it('asks for secrets that a correction has made unusable, and verifies after them', async () => {
    const moving = service({
      methods: [method('m', [field('endpoint'), field('key', { secret: true })])],
    });
    const account = { ...saved, settings: { endpoint: 'https://a.invalid' } };
    const failure = { text: 'A page.', wrongField: 'endpoint', isRefused: false, maySave: false };
    const going = new SignIn(toForm(account, moving, { key: 's' }), [moving], [account], failure);
    await going.type('https://b.invalid');
    assert.match((await going.box()).prompt ?? '', /^Enter the credentials again\./);
    await going.type('k');
    await settle();
    assert.deepEqual(going.tries, [[{ endpoint: 'https://b.invalid' }, { key: 'k' }]]);
  });

  it('removes the production mark only for its name', async () => {
    const going = new SignIn(form(), [cja], [saved]);
    await going.choose('oauth');
    for (const text of ['A@AdobeOrg', 'c', '', 'Main']) await going.type(text);
    await going.choose('Production');
    const question = await going.box();
    assert.equal(question.title, 'Remove the Production Mark of "Main"');
    await going.back();
    assert.match(described(await going.pick())[1] ?? '', /Yes/);
    await going.choose('Production');
    const again = await going.box();
    again.type('main');
    assert.match(again.validationMessage ?? '', /The name does not match: Main/);
    again.accept();
    assert.ok(!again.isDisposed);
    await going.type('Main');
    assert.match(described(await going.pick())[1] ?? '', /No/);
    await going.choose('Verify and Save');
    await settle();
    assert.deepEqual(going.result?.production, { typedName: 'Main' });
    const other = new SignIn(form(), [cja], [saved]);
    await other.choose('oauth');
    for (const text of ['A@AdobeOrg', 'c', '', 'Main']) await other.type(text);
    await other.choose('Production');
    (await other.box()).hide();
    await settle();
    assert.deepEqual([other.done, other.result], [true, undefined]);
  });

  it('asks again for secrets that would go to another address', async () => {
    const options = [field('endpoint', { optional: true })];
    const moving = service({ options });
    const going = new SignIn(toForm(saved, moving, { clientSecret: 's' }), [moving], [saved]);
    await going.choose('oauth');
    for (const text of ['A@AdobeOrg', 'c', '', 'Main']) await going.type(text);
    await going.choose('ENDPOINT');
    await going.type('https://elsewhere.invalid');
    const last = await going.pick();
    assert.match(described(last)[0] ?? '', /changed to https:\/\/elsewhere\.invalid/);
    last.choose('Verify and Save');
    const secret = await going.box();
    assert.equal(secret.title, 'Edit Account "Main" – CLIENTSECRET');
    assert.match(secret.prompt ?? '', /^Enter the credentials again\. .* clientSecret$/);
    assert.deepEqual([secret.placeholder, going.tries], [undefined, []]);
    secret.accept();
    assert.equal(secret.validationMessage, 'Enter CLIENTSECRET.');
  });
});

describe('A field whose values the service knows', () => {
  const one = [
    { value: 'x', label: 'X', description: 'first' },
    { value: 'y', label: 'Y' },
    { value: '', label: 'Broken', problem: { title: 'W', detail: 'W', retryable: false } },
  ];
  const listing = service({
    methods: [method('m', [field('key', { secret: true }), field('zone', { listed: true })])],
  });
  const begin = async (choices: () => Promise<readonly Choice[]>, values = {}): Promise<SignIn> => {
    const going = new SignIn({ ...emptyForm([listing]), values }, [listing]);
    going.choices = choices;
    await going.type('k');
    await settle();
    return going;
  };

  it('is chosen among them, and never an entry about those that cannot be shown', async () => {
    const going = await begin(() => Promise.resolve(one), { zone: 'y' });
    assert.deepEqual(going.asked, ['zone']);
    assert.match(editor.inputs.progress[0]?.title ?? '', /options for ZONE/);
    const pick = await going.pick();
    assert.deepEqual(described(pick), ['X | first | ', 'Y |  | ', 'Broken |  | ']);
    assert.deepEqual(
      pick.items.map(({ iconPath }) => iconPath?.id),
      [undefined, undefined, 'warning'],
    );
    assert.deepEqual(
      [pick.activeItems[0]?.label, pick.placeholder, pick.matchOnDescription],
      ['Y', 'zone', true],
    );
    pick.choose('Broken');
    await settle();
    assert.ok(!pick.isDisposed);
    pick.choose('X');
    await going.type('Main');
    await going.choose('Sign In');
    await settle();
    assert.deepEqual(going.result?.definition.settings, { zone: 'x' });
  });

  it('is chosen also if the service knows only one', async () => {
    const going = await begin(() => Promise.resolve(one.slice(0, 1)));
    assert.deepEqual(described(await going.pick()), ['X | first | ']);
  });

  it('leads back to the answer that is to blame, and asks on from there; left unchanged, it is not asked for again', async () => {
    const going = await begin(() => Promise.reject(refused));
    const key = await going.box();
    assert.deepEqual([key.title, key.value], ['Add Account – KEY', 'k']);
    assert.match(key.validationMessage ?? '', /The secret is wrong\./);
    await going.type('k');
    const zone = await going.box();
    assert.equal(zone.title, 'Add Account – ZONE');
    assert.match(zone.validationMessage ?? '', /The secret is wrong\./);
    await going.back();
    await going.type('k2');
    assert.equal((await going.box()).title, 'Add Account – KEY', 'another answer may be wrong too');
    going.choices = () => Promise.resolve(one);
    await going.type('k3');
    (await going.pick()).choose('X');
    assert.equal((await going.box()).title, 'Add Account', 'nothing is verified before all is answered');
    assert.deepEqual(going.tries, []);
  });

  it('goes back like any other question', async () => {
    const going = await begin(() => Promise.resolve(one));
    await going.back();
    assert.equal((await going.box()).title, 'Add Account – KEY');
  });

  it('is typed if the service knows none, the request was canceled, or it cannot be reached', async () => {
    const none = await begin(() => Promise.resolve([]));
    assert.deepEqual(
      [(await none.box()).title, (await none.box()).validationMessage],
      ['Add Account – ZONE', undefined],
    );
    const failed = await begin(() => Promise.reject(offline));
    assert.match((await failed.box()).validationMessage ?? '', /No route\./);
    let fail: (error: Error) => void = () => undefined;
    const cancelled = await begin(() => new Promise((_, reject) => (fail = reject)));
    editor.inputs.progress[0]?.cancel();
    fail(new Error('aborted'));
    assert.equal((await cancelled.box()).validationMessage, undefined);
  });
});

describe('A secret that comes from a source', () => {
  const source = 'connectionsExplorer.secretSources';
  const start = (): SignIn => {
    const going = new SignIn(emptyForm([plain]), [plain]);
    editor.settings.set(source, {
      vault: { command: ['op', 'read', 'hidden-argument'] },
      ci: { environmentVariable: 'CI_KEY' },
    });
    editor.workspaceSettings.set(source, { theirs: { environmentVariable: 'THEIRS' } });
    return going;
  };

  it('is chosen by a button among those of the user, and saved as a reference', async () => {
    const going = start();
    const box = await going.box();
    editor.inputs.choices.push('vault');
    box.pressButton();
    await settle();
    assert.deepEqual(
      editor.inputs.offered.map(({ label, description }) => [label, description]),
      [
        ['vault', 'Output of the command op'],
        ['ci', 'Environment variable CI_KEY'],
        ['Edit Sources in Settings', undefined],
      ],
    );
    await going.type('Main');
    await going.choose('Sign In');
    await settle();
    assert.deepEqual(going.tries, [[{}, { apiKey: '${source:vault}' }]]);
    assert.deepEqual(going.result?.secrets, { apiKey: '${source:vault}' });
  });

  it('is requested again if none is chosen, or the settings are opened', async () => {
    const going = start();
    for (const choice of [undefined, 'Edit Sources in Settings']) {
      const box = await going.box();
      editor.inputs.choices.push(choice);
      box.pressButton();
      assert.notEqual(await going.box(), box);
    }
  });

  it('can be typed, and is refused if the user has no such source', async () => {
    const going = start();
    const box = await going.box();
    for (const name of ['theirs', '', 'other']) {
      box.type(`\${source:${name}}`);
      assert.match(box.validationMessage ?? '', /The user setting .* has no valid source/);
    }
    await going.type('${source:ci}');
    await going.type('Main');
    await going.choose('Sign In');
    await settle();
    assert.deepEqual(going.result?.secrets, { apiKey: '${source:ci}' });
  });

  it('is named if it can stay unchanged', async () => {
    const account = { ...saved, service: 'plain', settings: {} };
    const going = new SignIn(toForm(account, plain, { apiKey: '${source:ci}' }), [plain]);
    assert.equal((await going.box()).placeholder, 'Unchanged: from the source "ci"');
  });
});

describe('A credentials file', () => {
  const importing = service({
    methods: [
      method('m', [field('key', { secret: true }), field('zone')], {
        title: 'By File',
        importFile: (text) =>
          text.startsWith('{')
            ? Promise.resolve({ key: 'k', zone: 'z' })
            : Promise.reject(new Error('No credentials.')),
      }),
    ],
  });
  const put = (name: string, text: string | Uint8Array, size = text.length): Uri => {
    const uri = Uri.file(`/${name}`);
    editor.files.set(uri.toString(), { type: 1, size, bytes: Buffer.from(text) });
    return uri;
  };
  const imported = async (file: Uri | undefined): Promise<SignIn> => {
    const going = new SignIn(emptyForm([importing]), [importing]);
    editor.chosenFiles = file && [file];
    await going.choose('Import Credentials File…');
    await settle();
    return going;
  };
  beforeEach(() => {
    editor.files.clear();
  });
  afterEach(() => {
    editor.chosenFiles = undefined;
  });

  it('fills in the answers, which are asked for all the same', async () => {
    const going = await imported(put('a.json', '{}', 1_000_000));
    assert.equal((await going.box()).value, 'k');
    await going.type('k');
    assert.equal((await going.box()).value, 'z');
    assert.deepEqual(editor.inputs.texts, []);
  });

  it('may be in UTF-16, as PowerShell writes it', async () => {
    const going = await imported(put('a.json', Buffer.from('\uFEFF{}', 'utf16le')));
    assert.equal((await going.box()).value, 'k');
    assert.deepEqual(editor.inputs.texts, []);
  });

  it('that is unusable is reported, and another method can be chosen', async () => {
    for (const [file, message] of [
      [put('text.json', 'text'), 'No credentials.'],
      [put('picture.json', Buffer.from([0xff, 0xd8, 0xff])), 'The file is not a text file.'],
      [put('large.json', '{}', 1_000_001), 'The file is too large to be a credentials file.'],
      [Uri.file('/gone.json'), 'file:///gone.json'],
    ] as const) {
      const going = await imported(file);
      const pick = await going.pick();
      assert.deepEqual(described(pick), [
        'By File |  | ',
        'Import Credentials File… |  | By File, from a JSON file of Developer Console or a .env file.',
      ]);
      assert.deepEqual(
        editor.inputs.messages.map(({ kind, text }) => [kind, text]),
        [['error', message]],
      );
    }
    const none = await imported(undefined);
    assert.equal((await none.pick()).items.length, 2);
    assert.deepEqual(editor.inputs.texts, []);
    await none.choose('By File');
    assert.equal((await none.box()).value, '');
    await none.back();
    (await none.pick()).hide();
    await settle();
    assert.deepEqual([none.done, none.result], [true, undefined]);
  });
});
