import assert from 'node:assert/strict';
import { posix } from 'node:path';
import { describe, it } from 'node:test';
import manifest from '../../../../package.json';
import texts from '../../../../package.nls.json';
import bundle from '../../../../l10n/bundle.l10n.json';
import { HttpError, type HttpErrorKind } from '../../../../src/core/http/errors';
import { toProblem } from '../../../../src/core/services/common/problem';
import { services } from '../../../../src/core/services/registry';
import { loadedServices } from '../../../support/loadedServices';
import { type StatusState, stateWord } from '../../../../src/shared/status';
import { pages, read, section, tableRows, withoutCode } from '../../../scripts/docs/markdown';

const userPages = ['README.md', ...pages().filter((name) => !name.startsWith('docs/decisions/'))];

/** Texts of VS Code's own interface. */
const VSCODE_TEXTS = ['Extensions: Install from VSIX…', 'Install', 'Welcome', 'Welcome: Open Walkthrough...'];

/** Keys of VS Code itself. */
const VSCODE_KEYS = ['Ctrl', 'Ctrl+F', 'Ctrl+Space', 'Cmd+F'];

/** The first cells of the tables of a text, without that of the headings. */
function firstCells(text: string): readonly string[] {
  return tableRows(text)
    .slice(1)
    .map(([cell = '']) => cell);
}

describe('The pages for users', () => {
  it('write in bold what the interface shows, and nothing else', () => {
    const known = new Set([...Object.values(texts), ...Object.keys(bundle), ...VSCODE_TEXTS]);
    const unknown = userPages.flatMap((name) =>
      [...withoutCode(read(name)).matchAll(/\*\*(.+?)\*\*/g)]
        .map(([, text = '']) => text)
        .filter((text) => !known.has(text))
        .map((text) => `${name}: ${text}`),
    );
    assert.deepEqual(unknown, []);
  });

  it('name settings, commands and views that exist', () => {
    const { commands, configuration, views } = manifest.contributes;
    const known = [
      ...commands.map(({ command }) => command),
      ...Object.keys(configuration.properties),
      ...views.connectionsExplorer.map(({ id }) => id),
    ];
    for (const name of userPages) {
      for (const [id] of read(name).matchAll(/\bconnectionsExplorer\.\w+/g))
        assert.ok(known.includes(id), `${name}: ${id}`);
    }
  });

  it('name keys that are bound', () => {
    const bound = manifest.contributes.keybindings.flatMap(({ key, mac }) => [key, mac]);
    for (const name of userPages) {
      for (const [, key = ''] of read(name).matchAll(/`((?:Ctrl|Cmd)[^`]*)`/g))
        assert.ok(VSCODE_KEYS.includes(key) || bound.includes(key.toLowerCase()), `${name}: ${key}`);
    }
  });

  it('describe for every service how to sign in, which keys an account has, what is shown, and the limits', () => {
    for (const { id } of services) {
      const text = read(`docs/sign-in/${id}.md`);
      for (const heading of ['## Account keys', '## What you see', '## Limits'])
        assert.notEqual(section(text, heading).trim(), '', `${id}: ${heading}`);
      for (const index of ['docs/README.md', 'docs/accounts.md', 'docs/limits.md'])
        assert.ok(read(index).includes(`(sign-in/${id}.md`), `${index}: ${id}`);
    }
  });

  it('name every way to sign in', () => {
    for (const { id, methods } of loadedServices()) {
      const text = read(`docs/sign-in/${id}.md`);
      for (const { title } of methods) assert.ok(text.includes(`**${title}**`), `${id}: ${title}`);
    }
  });

  it('explain messages that exist', () => {
    const messages = firstCells(read('docs/troubleshooting.md'));
    assert.ok(messages.length > 20);
    assert.deepEqual(
      messages.filter((message) => !(message in bundle)),
      [],
    );
  });

  it('explain every kind of failure', () => {
    const kinds: { readonly [Kind in HttpErrorKind]: Kind } = {
      authentication: 'authentication',
      permission: 'permission',
      notFound: 'notFound',
      conflict: 'conflict',
      rejected: 'rejected',
      rateLimit: 'rateLimit',
      timeout: 'timeout',
      network: 'network',
      protocol: 'protocol',
      tooLarge: 'tooLarge',
      server: 'server',
    };
    const errors = [
      ...Object.values(kinds).map((kind) => new HttpError(kind, 'Failed.')),
      new HttpError('network', 'Failed.', { hasUnknownOutcome: true }),
      new Error('Failed.'),
    ];
    const messages = firstCells(read('docs/troubleshooting.md'));
    for (const error of errors) {
      const { title } = toProblem(error);
      assert.ok(messages.includes(title), title);
    }
  });

  it('explain every status, and name those that can be filtered by', () => {
    const words: Readonly<Record<StatusState, string>> = {
      failed: stateWord('failed'),
      warning: stateWord('warning'),
      running: stateWord('running'),
      queued: stateWord('queued'),
      ok: stateWord('ok'),
      inactive: stateWord('inactive'),
      unknown: stateWord('unknown'),
    };
    assert.deepEqual(firstCells(section(read('docs/tree.md'), '## Status')), Object.values(words));
    const filters = read('docs/filtering.md');
    for (const state of Object.keys(words)) assert.ok(filters.includes(`\`${state}\``), state);
  });

  it('name every member of the API and every kind of resource', () => {
    const page = read('docs/extension-api.md');
    const file = /\]\(([^)]*\.ts)\)/.exec(page)?.[1] ?? assert.fail();
    const types = read(posix.join('docs', file));
    const getMembers = (name: string): readonly string[] => {
      const [, body = ''] = types.split(`export interface ${name} {\n`);
      const lines = (body.split('\n}')[0] ?? '').matchAll(/^ {2}(?:readonly )?(\w+)[(:?]/gm);
      return [...lines].map(([, member = '']) => member);
    };
    const members = getMembers('ConnectionsExplorerApi').flatMap((member) =>
      member === 'accounts' ? getMembers('ApiAccounts').map((each) => `accounts.${each}`) : [member],
    );
    const listed = firstCells(page).map((cell) => /^`([\w.]+)/.exec(cell)?.[1]);
    assert.deepEqual(listed.toSorted(), members.toSorted());
    const [, kinds = ''] = types.split('export type ApiResourceKind =');
    for (const [, kind = ''] of (kinds.split(';')[0] ?? '').matchAll(/'(\w+)'/g))
      assert.ok(page.includes(`\`${kind}\``), kind);
  });
});
