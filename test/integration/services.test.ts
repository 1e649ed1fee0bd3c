import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ApiResource, ApiResourceKind, ConnectionsExplorerApi } from '../../src/api';
import { commands } from '../../src/shared/contributions';
import type { Fault } from '../../src/sample/faults';
import type { SampleService } from '../../src/sample/server';
import { first, run, signedIn, type Signed } from './explorer';
import { firstSignIn, shown, type Shown } from './services';

/** What goes wrong with a list, and what its row says of it. */
const failures: Readonly<Record<string, readonly [Omit<Fault, 'match'>, RegExp]>> = {
  'a key that was taken away': [{ status: 403, body: {} }, /./],
  'a service that fails': [{ status: 500, body: {} }, /500/],
  'a page of a proxy': [{ html: true }, /502/],
  'half an answer': [{ malformed: true }, /JSON|invalid response/],
  'a socket that breaks': [{ cutOffAfter: 20 }, /./],
  'another place': [{ redirect: 'https://elsewhere.example/' }, /elsewhere\.example/],
};

for (const service of shown) {
  describe(service.service, () => {
    let signed: Signed;
    let list: string;
    before(async () => {
      signed = await signedIn({ connections: 12 }, firstSignIn(service));
      list = `account:${signed.account.id}${service.listedIn}`;
    });
    after(async () => {
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      await signed.end();
    });

    for (const [name, signIn] of Object.entries(service.signIns)) {
      it(`an account is added by ${name}`, async () => {
        const one = await signedIn({ connections: 5 }, signIn);
        const rows = await connections(one.api, `account:${one.account.id}${service.listedIn}`);
        await one.end();
        assert.ok(rows.length > 1);
      });
    }

    it('a wrong secret is refused, and reported as wrong, without any part of it', async () => {
      const { settings, secrets } = firstSignIn(service)(signed.sample);
      const wrong = { ...secrets, [service.wrong.secret]: 'wrongSecret1234567890' };
      const adding = signed.api.accounts.add({ service: service.service, name: 'Wrong', settings }, wrong);
      await assert.rejects(adding, (error: Error) => {
        assert.match(error.message, service.wrong.text);
        assert.doesNotMatch(error.message, /wrongSecret/);
        return true;
      });
      assert.equal(signed.api.accounts.list().length, 1);
    });

    for (const branch of service.branches) {
      it(`the tree has levels from ${branch.join(' to ')}`, async () => {
        const way = await wayDown(signed.api, undefined, branch);
        const end = way.at(-1) ?? assert.fail(`no ${branch.join(' › ')}`);
        assert.deepEqual(
          (await signed.api.children(end.path)).filter(appliesTo(branch)),
          [],
          'it ends there',
        );
        for (const { path, kind } of way) {
          if (kind === 'group' || kind === 'entity') continue;
          const text = await signed.api.read(path);
          assert.equal(typeof JSON.parse(text), 'object', path);
          // An identity only exists in its list, which is not requested again.
          if (kind !== 'identity') assert.ok((await lastAnswer(signed.sample)).includes(text), path);
        }
      });
    }

    it('the JSON of a connection opens verbatim, and its ID is copied', async () => {
      const { path, id } = first(await signed.api.children(list), 'connection');
      const text = await signed.api.read(path);
      await run(commands.openJson, path);
      const document = vscode.window.activeTextEditor?.document;
      assert.deepEqual(JSON.parse(document?.getText() ?? ''), JSON.parse(text));
      await run(commands.copyId, path);
      assert.equal(await vscode.env.clipboard.readText(), id);
      await run(commands.copyJson, path);
      assert.deepEqual(JSON.parse(await vscode.env.clipboard.readText()), JSON.parse(text));
    });

    it('a request for the shell contains no secret', async () => {
      await run(commands.copyCurl, first(await signed.api.children(list), 'connection').path);
      const text = await vscode.env.clipboard.readText();
      assert.match(text, /^curl(\.exe)? /);
      for (const secret of Object.values(firstSignIn(service)(signed.sample).secrets)) {
        assert.ok(!text.includes(secret));
      }
    });

    it('a refresh sends a request, and a known row does not', async () => {
      await signed.api.children(list);
      signed.sample.clearRequests();
      await signed.api.children(list);
      assert.equal(lists(signed.sample, service), 0);
      await signed.api.children(list, { refresh: true });
      assert.equal(lists(signed.sample, service), 1);
    });

    for (const [name, [fault, text]] of Object.entries(failures)) {
      it(`${name} is a row with advice, and loaded rows stay`, async () => {
        const before = await connections(signed.api, list);
        const stop = signed.sample.inject({ match: { method: 'GET', path: service.list }, ...fault });
        const rows = await signed.api.children(list, { refresh: true });
        stop();
        const problem = first(rows, 'problem');
        assert.match(`${problem.label} ${problem.description ?? ''}`, text);
        assert.deepEqual(ids(rows.filter(appliesTo(['connection']))), ids(before));
        const after = await signed.api.children(list, { refresh: true });
        assert.deepEqual(
          [ids(after.filter(appliesTo(['connection']))), after.some(appliesTo(['problem']))],
          [ids(before), false],
        );
      });
    }

    it('an unreachable service is a row, and loaded rows stay', async () => {
      const before = await connections(signed.api, list);
      await signed.sample.close();
      const rows = await signed.api.children(list, { refresh: true });
      assert.match(first(rows, 'problem').description ?? '', /127\.0\.0\.1|reach/);
      assert.deepEqual(ids(rows.filter(appliesTo(['connection']))), ids(before));
    });
  });
}

/** Follows the kinds down from a row, trying rows until one has children. Empty if there is no such way. */
async function wayDown(
  api: ConnectionsExplorerApi,
  path: string | undefined,
  [kind, ...deeper]: readonly ApiResourceKind[],
): Promise<readonly ApiResource[]> {
  for (const row of (await api.children(path)).filter(appliesTo(kind ? [kind] : []))) {
    if (deeper.length === 0) return [row];
    const way = await wayDown(api, row.path, deeper);
    if (way.length > 0) return [row, ...way];
  }
  return [];
}

function appliesTo(kinds: readonly ApiResourceKind[]): (row: ApiResource) => boolean {
  return ({ kind }) => kinds.includes(kind);
}

function ids(rows: readonly ApiResource[]): readonly string[] {
  return rows.map(({ id }) => id);
}

async function connections(api: ConnectionsExplorerApi, path: string): Promise<readonly ApiResource[]> {
  return (await api.children(path)).filter(appliesTo(['connection']));
}

/** How often the connections were listed. */
function lists({ requests }: SampleService, { list }: Shown): number {
  return requests.filter(({ method, path }) => method === 'GET' && list.test(path)).length;
}

/** The body of the last answer: the request is sent again. */
async function lastAnswer({ origin, requests }: SampleService): Promise<string> {
  const { path, query, headers } = requests.at(-1) ?? assert.fail('nothing was asked');
  const given = Object.entries(headers).flatMap(([name, value]): [string, string][] =>
    typeof value === 'string' && /^(authorization|accept|dd-|krenalis-)/.test(name) ? [[name, value]] : [],
  );
  return (await fetch(`${origin}${path}?${query.toString()}`, { headers: given })).text();
}
