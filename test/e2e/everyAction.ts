import assert from 'node:assert/strict';
import { after } from 'node:test';
import type { Locator } from 'playwright-core';
import type { SampleRequest } from '../../src/sample/common/exchange';
import { startSampleService, type SampleService } from '../../src/sample/server';
import { addAccount } from './accounts';
import { actionWalks, type ActionWalk, type RowPath, type Shown } from './actionWalks';
import { comes } from './comes';
import { walkThrough, type Step } from './steps';
import type { RowQuery, Workbench } from './workbench';

/** A refusal of the service, in the forms of all of them. */
const getRefusal = (text: string): object => ({
  message: text,
  errorCode: 'invalid_data',
  errorDescription: text,
  errors: [{ title: text, detail: text }],
  error: { code: 'BadRequest', message: text },
});

/** What the user was asked before a request. */
type Asked = 'question' | 'name' | 'comparison' | 'secret';

/** An account that actions are done in: one is marked as production. */
type AccountKind = 'ordinary' | 'production';

const NAMES: Readonly<Record<AccountKind, string>> = { ordinary: 'Test', production: 'Live' };

/**
 * Performs every action of a service, from its menu to the changed row: first refused by the service and then done,
 * and again in an account that is marked as production. Each account has its own service.
 */
export function walkEveryAction(service: string): void {
  walkThrough(`every action of ${service}`, (step) => {
    const kinds: readonly AccountKind[] = ['ordinary', 'production'];
    const samples = new Map<AccountKind, SampleService>();
    after(() => Promise.all([...samples.values()].map((sample) => sample.close())));

    step('the accounts are there', async (workbench) => {
      await workbench.openView();
      await workbench.sideBarWidth(560);
      const small = { databases: 1, schemas: 1, tables: 2, tasks: 1, runs: 1, runSeconds: 3600 };
      const options = { rate: 0, connections: 4, dataViews: 1, backfillSeconds: 300, immuta: small };
      for (const kind of kinds) {
        const sample = await startSampleService(options);
        samples.set(kind, sample);
        await addAccount(workbench, sample, NAMES[kind], service);
      }
      const production = { name: NAMES.production, level: 1 };
      await workbench.contextMenu(production, 'Mark as Production');
      await workbench.rows(production).filter({ hasText: 'Production' }).waitFor();
    });

    for (const kind of kinds) {
      getSteps(service, kind, () => samples.get(kind) ?? assert.fail('no sample'), step);
      // What the next account holds has the same names.
      step(`the ${kind} account is closed`, async (workbench) => {
        await workbench.collapse({ name: NAMES[kind], level: 1 });
      });
    }
  });
}

function getSteps(service: string, account: AccountKind, getSample: () => SampleService, step: Step): void {
  for (const [id, walk] of Object.entries(actionWalks[service] ?? {})) {
    step(
      `${id} is ${account === 'ordinary' ? 'refused, then done' : 'done when a name was typed'}`,
      async (workbench) => {
        const [sample, name] = [getSample(), NAMES[account]];
        const hands = new Hands(workbench, sample, name, walk);
        if (account === 'ordinary') await hands.areRefused(id);
        const asked = await hands.act({ again: account === 'ordinary' && walk.edits !== undefined });
        assert.equal(
          asked.has('name'),
          account === 'production' || walk.danger === 'typeName',
          [...asked].join(),
        );
        if (account === 'ordinary' && walk.danger === 'confirm') {
          assert.ok(asked.has('question') || asked.has('comparison'), 'a question');
        }
        assert.equal(asked.has('secret'), walk.asksSecret ?? false);
        if (walk.danger === 'harmless' && !walk.edits && account === 'ordinary') assert.equal(asked.size, 0);
        await hands.see();
        await workbench.screenshot(`every-action-${service}-${account}-${id}`);
        await hands.tidyUp();
      },
    );
  }
}

/** A user who performs one action. */
class Hands {
  constructor(
    private readonly workbench: Workbench,
    private readonly sample: SampleService,
    private readonly account: string,
    private readonly walk: ActionWalk,
  ) {}

  /** Does it at a service that refuses it. */
  async areRefused(id: string): Promise<void> {
    const { workbench, sample, walk } = this;
    // Told apart from refusals of other actions, which may still be on the screen.
    const text = `Refused by the walk: ${id}`;
    const match = (request: SampleRequest): boolean => this.#does(request);
    const stop = sample.inject({ match, times: 1, status: 422, body: getRefusal(text) });
    await this.act({ again: false });
    await workbench.notification(new RegExp(`${text}(?!\\w)`));
    stop();
    await workbench.dismiss();
    if (walk.shows && !walk.edits)
      assert.equal(await this.#isShown(walk.shows), false, 'nothing was changed');
  }

  /** @param again true if its document is open. @returns the questions. */
  async act({ again }: { readonly again: boolean }): Promise<ReadonlySet<Asked>> {
    const { workbench, walk } = this;
    const before = this.#requests();
    if (again) await this.#backToDocument();
    else await this.#begin();
    const { edits } = walk;
    if (edits) await workbench.page.keyboard.press('Control+s');
    return this.#answerUntil(() => this.#requests() > before);
  }

  /** Waits until the window shows the result. */
  async see(): Promise<void> {
    const { workbench, sample, walk } = this;
    if (walk.says) await workbench.notification(walk.says);
    if (walk.shows) await this.#waitFor(walk.shows);
    if (walk.passes) sample.advance(walk.passes);
    if (walk.ends) await this.#waitFor(walk.ends);
  }

  async tidyUp(): Promise<void> {
    const { workbench } = this;
    await workbench.dismiss();
    if (this.walk.edits) await workbench.runCommand('View: Close All Editors');
  }

  async #begin(): Promise<void> {
    const { workbench, walk } = this;
    await workbench.contextMenu(await this.#reach(walk.row, walk.rowText), walk.entry);
    if (walk.choice !== undefined) await workbench.choose(walk.choice);
    if (walk.value !== undefined) await workbench.choose(walk.value);
    if (!walk.edits) return;
    await workbench
      .tab(/\.jsonc/)
      .first()
      .waitFor();
    const text = await workbench.editorText();
    for (const [from, to] of walk.edits) {
      if (text.includes(from)) await workbench.replaceInEditor(from, to);
    }
  }

  async #backToDocument(): Promise<void> {
    const { workbench, walk } = this;
    await workbench
      .tab(/\.jsonc/)
      .first()
      .click();
    const [, typed = ''] = walk.edits?.[0] ?? [];
    await workbench.until('the text is still there', async () =>
      (await workbench.editorText()).includes(typed),
    );
  }

  /** Goes through whatever is asked. */
  async #answerUntil(done: () => boolean): Promise<ReadonlySet<Asked>> {
    const { workbench } = this;
    const asked = new Set<Asked>();
    await workbench.until(
      'the request',
      async () => {
        if (done()) return true;
        const answered = await this.#answer();
        if (answered) asked.add(answered);
        return done();
      },
      30_000,
    );
    return asked;
  }

  async #answer(): Promise<Asked | undefined> {
    const { workbench } = this;
    const dialog = workbench.page.locator('.monaco-dialog-box');
    if (await dialog.isVisible()) {
      const buttons = dialog.getByRole('button').filter({ hasText: /\w/ });
      const yes = buttons.filter({ hasNotText: /^(Cancel|Keep.*)$/ }).first();
      return (await isClicked(yes)) ? 'question' : undefined;
    }
    if (await workbench.quickInput.isVisible()) return this.#answerBox();
    if (!(await workbench.sendButton.isVisible())) return undefined;
    return (await isClicked(workbench.sendButton)) ? 'comparison' : undefined;
  }

  /** Answers the box that is open: one for a secret, or for a name. */
  async #answerBox(): Promise<Asked | undefined> {
    const { workbench, walk } = this;
    const isSecret = (await workbench.input.getAttribute('type')) === 'password';
    const shown = await workbench.quickInput.innerText();
    const names = [walk.makes, await this.#label(), this.account];
    const text = isSecret ? 'a-word' : names.find((name) => name && shown.includes(name));
    if (text === undefined) return undefined;
    const title = workbench.page.locator('.quick-input-title');
    const box = workbench.quickInput.filter({
      has: title.getByText(await title.innerText(), { exact: true }),
    });
    await workbench.input.fill(text);
    await workbench.input.press('Enter');
    // The next box may follow at once.
    await box.waitFor({ state: 'hidden' });
    return isSecret ? 'secret' : 'name';
  }

  /** The name of the row that it is done to. */
  async #label(): Promise<string> {
    return (await this.#reach(this.walk.row, this.walk.rowText)).name as string;
  }

  /** Expands the ancestors of a row. @returns the row by its full name. */
  async #reach(path: RowPath, text?: RegExp): Promise<RowQuery> {
    const { workbench, account } = this;
    const query = (length: number): RowQuery => ({ name: path[length - 1] ?? account, level: length + 1 });
    for (let length = 0; length < path.length; length++) await workbench.expand(query(length));
    const rows = workbench.rows(query(path.length));
    const row = (text ? rows.filter({ hasText: text }) : rows).first();
    await row.waitFor();
    return { name: await row.locator('.label-name').innerText(), level: path.length + 1 };
  }

  async #isShown(shown: Shown): Promise<boolean> {
    return !(shown.gone ?? false) && (await this.#found(shown).count()) > 0;
  }

  async #waitFor(shown: Shown): Promise<void> {
    for (let at = 0; at < shown.row.length; at++) {
      await this.workbench.expand({ name: shown.row[at - 1] ?? this.account, level: at + 1 });
    }
    const state = shown.gone ? 'detached' : 'visible';
    await this.#found(shown).first().waitFor({ state, timeout: 40_000 });
  }

  #found({ row, text, without }: Shown): ReturnType<Workbench['rows']> {
    const rows = this.workbench.rows({ name: row.at(-1) ?? this.account, level: row.length + 1 });
    const having = text ? rows.filter({ hasText: text }) : rows;
    return without ? having.filter({ hasNotText: without }) : having;
  }

  /** Number of requests for it. */
  #requests(): number {
    return this.sample.requests.filter((request) => this.#does(request)).length;
  }

  #does({ method, path, query }: Pick<SampleRequest, 'method' | 'path' | 'query'>): boolean {
    return this.walk.request.test(`${method} ${path}`) && query.get('dryRun') !== 'true';
  }
}

/** Clicks a button that may disappear at any moment, because its question was answered. @returns false if it did. */
async function isClicked(button: Locator): Promise<boolean> {
  return await comes(button.click({ timeout: 4_000 }));
}
