import '../../support/vscode/vscode';
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import * as v from 'valibot';
import { commandTable } from '../../../src/commandHandlers';
import { services } from '../../../src/core/services/registry';
import { KINDS } from '../../../src/shared/kinds';
import { commands, contextKeys, settings, settingsSection, views } from '../../../src/shared/contributions';
import {
  compareScheme,
  draftScheme,
  jsonScheme,
  serviceJsonFolder,
  serviceJsonLanguage,
  panelType,
} from '../../../src/shared/identifiers';
import type { Command } from '../../../src/ui/commands/commandTable';
import { root } from '../../scripts/lib/paths';

const read = (name: string): string => readFileSync(join(root, name), 'utf8');

const Menu = v.array(
  v.object({
    command: v.optional(v.string()),
    submenu: v.optional(v.string()),
    when: v.optional(v.string()),
    group: v.optional(v.string()),
  }),
);
const Manifest = v.object({
  main: v.string(),
  icon: v.string(),
  activationEvents: v.array(v.string()),
  contributes: v.object({
    commands: v.array(
      v.object({
        command: v.string(),
        title: v.string(),
        category: v.string(),
        icon: v.optional(v.string()),
      }),
    ),
    views: v.record(v.string(), v.array(v.object({ id: v.string(), icon: v.string() }))),
    viewsContainers: v.object({ activitybar: v.array(v.object({ id: v.string(), icon: v.string() })) }),
    languages: v.array(
      v.object({ id: v.string(), filenamePatterns: v.array(v.string()), configuration: v.string() }),
    ),
    grammars: v.array(v.object({ language: v.string(), path: v.string() })),
    viewsWelcome: v.array(v.object({ view: v.string(), contents: v.string(), when: v.optional(v.string()) })),
    configuration: v.object({
      properties: v.record(v.string(), v.object({ scope: v.string(), description: v.string() })),
    }),
    keybindings: v.array(
      v.object({
        command: v.string(),
        key: v.string(),
        mac: v.string(),
        when: v.string(),
        args: v.optional(v.string()),
      }),
    ),
    submenus: v.array(v.object({ id: v.string(), label: v.string() })),
    menus: v.record(v.string(), Menu),
  }),
});

const text = read('package.json');
const manifest = v.parse(Manifest, JSON.parse(text));
const strings = v.parse(v.record(v.string(), v.string()), JSON.parse(read('package.nls.json')));
const { contributes } = manifest;
const allMenus = Object.values(contributes.menus).flat();
const submenuIds = new Set(contributes.submenus.map(({ id }) => id));
/** The menu of rows, and that of its submenus, whose groups are their own. */
const rowMenu = contributes.menus['view/item/context'] ?? [];
const rowCommands = [...rowMenu, ...[...submenuIds].flatMap((id) => contributes.menus[id] ?? [])];

/** As in the Explorer: what opens, what compares, what copies, what changes. */
const ROW_GROUPS: readonly string[] = [
  ...['1_open', '2_refresh', '2_watch', '3_compare', '5_copy', '6_account', '7_change', '8_run', '9_danger'],
];
const ids: readonly string[] = Object.values(commands);
const whenClauses = [...allMenus, ...contributes.keybindings, ...contributes.viewsWelcome].flatMap(
  ({ when }) => when ?? [],
);

const known = (view: string): boolean => Object.values<string>(views).includes(view);
const sorted = (names: Iterable<string>): string[] => [...names].sort();
const sourceTexts = (): readonly string[] =>
  readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => read(join('src', name)));

/** Fails with the names that are missing and those that are too many. */
function assertSameNames(actual: readonly string[], expected: readonly string[]): void {
  const missing = sorted(expected.filter((name) => !actual.includes(name)));
  const unknown = sorted(actual.filter((name) => !expected.includes(name)));
  assert.deepEqual({ missing, unknown }, { missing: [], unknown: [] });
}

describe('package.json and the code', () => {
  it('have a handler for every command, and no other; else edit the commands.ts of its feature', () => {
    const handled = Object.keys(commandTable).map((name) => `${settingsSection}.${name}`);
    assertSameNames(
      handled,
      contributes.commands.map(({ command }) => command),
    );
  });

  it('put only known commands into menus and key bindings', () => {
    const submenus = contributes.submenus.map(({ id }) => id);
    for (const { command, submenu } of allMenus) {
      assert.ok(command === undefined ? submenus.includes(submenu ?? '') : ids.includes(command), command);
    }
    for (const { command } of contributes.keybindings) assert.ok(ids.includes(command), command);
    // VS Code ignores a second place of a submenu in a menu.
    assert.deepEqual(sorted(submenus), sorted(allMenus.flatMap(({ submenu }) => submenu ?? [])));
    const linked = Object.values(strings).flatMap((value) =>
      [...value.matchAll(/command:([\w.]+)/g)].map(([, id]) => id),
    );
    const focusing = Object.values(views).map((view) => `${view}.focus`);
    const linkable = new Set([...ids, ...focusing, 'workbench.action.openWalkthrough']);
    for (const id of linked) assert.ok(id !== undefined && linkable.has(id), id);
  });

  it('bind keys only if something of ours has the focus, and never in a text box', () => {
    for (const { command, key, when, args } of contributes.keybindings) {
      const parts = when.split(' && ');
      const view = parts.find((part) => part.startsWith('focusedView == '))?.replace('focusedView == ', '');
      if (view === undefined) {
        assert.ok(/\beditor(Text)?Focus\b/.test(when), `${command} works in an editor`);
        assert.match(
          when,
          /resourceScheme == connections-explorer-/,
          `${command} works in documents of ours`,
        );
      } else {
        assert.ok(known(view), view);
        assert.ok(parts.includes('!inputFocus'), `${command} leaves text boxes alone`);
        assert.ok(args === undefined || args === view, `${command} acts on the rows of the view`);
      }
      // Ctrl+Alt is AltGr, by which people write: [ is AltGr+F on some keyboards.
      assert.doesNotMatch(key, /alt/, command);
    }
  });

  it('act on rows by a key in both views', () => {
    const copying = contributes.keybindings.filter(({ command }) => command === commands.copyId);
    assert.deepEqual(sorted(copying.flatMap(({ args }) => args ?? [])), sorted(Object.values(views)));
  });

  it('package.json and the code name the same views', () => {
    const declared = Object.values(contributes.views)
      .flat()
      .map(({ id }) => id);
    assert.deepEqual(sorted(declared), sorted(Object.values(views)));
    for (const { view } of contributes.viewsWelcome) assert.ok(declared.includes(view), view);
  });

  it('use only existing views, context keys and row kinds in when-clauses', () => {
    const offers = services.flatMap(({ capabilities }) => [...capabilities, 'glossaries']);
    const known = new Set<string>([
      ...[...Object.values(views), ...Object.values(contextKeys)],
      ...offers.map((offer) => `${settingsSection}.has.${offer}`),
      ...Object.keys(contributes.configuration.properties).map((key) => `config.${key}`),
    ]);
    const named = whenClauses.flatMap(
      (when) => when.match(/(?:\bconfig\.)?\bconnectionsExplorer\.[\w.]+/g) ?? [],
    );
    for (const name of named) assert.ok(known.has(name), name);
    const code = sourceTexts().join('\n');
    for (const key of Object.keys(contextKeys))
      assert.match(code, new RegExp(String.raw`\bsetContext\(\s*'${key}'`), `${key} is never set`);
    const kinds = Object.keys(KINDS).map((kind) => `'${kind}'`);
    const sources = [
      'src/ui/tree/render.ts',
      'src/features/connections/provider.ts',
      'src/core/services/common/problem.ts',
    ];
    const rows = [...sources.map(read), ...kinds].join('');
    for (const when of whenClauses) {
      for (const [, pattern = ''] of when.matchAll(/viewItem =~ \/([^/]+)\//g)) {
        const [, action] = /can-(\w+)/.exec(pattern) ?? [];
        if (action) assert.ok(action in commands, action);
        else
          for (const word of pattern.replaceAll(/\\[b.]/g, ' ').match(/\w+/g) ?? [])
            assert.ok(rows.includes(`'${word}'`), word);
      }
    }
  });

  it('know which commands of rows the title bar of a view offers too', () => {
    const inTitleBar = new Set(contributes.menus['view/title']?.map(({ command }) => command));
    for (const [name, { rows, ...command }] of Object.entries<Command<never>>(commandTable))
      assert.equal(
        command.inTitleBar ?? false,
        rows !== 'none' && inTitleBar.has(`${settingsSection}.${name}`),
        name,
      );
  });

  it('offer commands for one row only while one is selected, and commands for several for all of them', () => {
    const scopes = new Map<string, string>(
      Object.entries(commandTable).map(([name, { rows }]) => [`${settingsSection}.${name}`, rows]),
    );
    for (const { command, when = '', group = '' } of rowCommands) {
      if (command === undefined) continue;
      const scope = scopes.get(command);
      // A row for a filter without matches is not a resource.
      if (when.endsWith(String.raw`viewItem =~ /^noMatch\b/`)) continue;
      assert.notEqual(scope, 'none', `${command} is in the menu of rows`);
      // Buttons in a row are drawn with it, and not again when the selection changes.
      if (group.startsWith('inline')) continue;
      // Of several rows, some may be active and others not: `watch` applies to all.
      const one = scope === 'one' || command === commands.watchForRuns;
      assert.equal(when.includes('!listMultiSelection'), one, `${command}: ${when}`);
    }
  });

  it('order the menu of rows as VS Code does, with destructive commands last', () => {
    for (const { command, group = '' } of rowMenu) {
      const [name = ''] = group.split('@');
      assert.ok(name === 'inline' || ROW_GROUPS.includes(name), `${command ?? ''}: ${name}`);
    }
    assert.deepEqual(ROW_GROUPS, sorted(ROW_GROUPS), 'VS Code sorts groups by name');
    const last = rowMenu.filter(({ group = '' }) => group.startsWith(ROW_GROUPS.at(-1) ?? '-'));
    assert.deepEqual(
      last.map(({ command }) => command),
      [commands.removeAccount, commands.delete],
    );
  });

  it('offer no comparison of backfills and runs', () => {
    const comparing = rowMenu.filter(({ group = '' }) => group.startsWith('3_compare'));
    assert.equal(comparing.length, 2);
    for (const { when = '' } of comparing) {
      const patterns = [...when.matchAll(/viewItem =~ \/([^/]+)\//g)].map(([, pattern = '']) => pattern);
      const shows = (row: string): boolean => patterns.every((pattern) => new RegExp(pattern).test(row));
      assert.deepEqual(
        ['connection.id.json.refresh', 'dataView.id.json', 'backfill.id.json', 'run.id.json'].map(shows),
        [true, true, false, false],
      );
    }
  });

  it('name the same settings, and let a workspace change none that affects the network', () => {
    const declared = Object.keys(contributes.configuration.properties);
    assert.deepEqual(
      sorted(declared),
      sorted(Object.values(settings).map((name) => `${settingsSection}.${name}`)),
    );
    for (const [name, { scope }] of Object.entries(contributes.configuration.properties)) {
      const local = [settings.completion, settings.inlayHints, settings.insertAs].some((key) =>
        name.endsWith(`.${key}`),
      );
      assert.equal(scope, local ? 'language-overridable' : 'application', name);
    }
  });

  it('name the same language, for the same folder', () => {
    const [language, ...others] = contributes.languages;
    assert.ok(language && others.length === 0);
    assert.equal(language.id, serviceJsonLanguage);
    assert.deepEqual(language.filenamePatterns, [`/${serviceJsonFolder}/**/*.json`]);
    assert.deepEqual(
      contributes.grammars.map((grammar) => grammar.language),
      [language.id],
    );
    for (const file of [language.configuration, ...contributes.grammars.map(({ path }) => path)])
      assert.ok(existsSync(join(root, file)), file);
  });

  it('have a text for every %key%, and a key for every text', () => {
    const used = [...text.matchAll(/"%([\w.]+)%"/g)].flatMap(([, key]) => key ?? []);
    assertSameNames(Object.keys(strings), used);
  });

  it('point to pictures that exist', () => {
    const icons = [
      manifest.icon,
      ...contributes.viewsContainers.activitybar,
      ...Object.values(contributes.views).flat(),
    ];
    for (const icon of icons) {
      const file = typeof icon === 'string' ? icon : icon.icon;
      assert.ok(existsSync(join(root, file)), file);
    }
  });

  it('need no activation event besides those that VS Code derives, except for the browser, for comparisons, panels and watches after a reload, and for IDs in any file', () => {
    assert.deepEqual(manifest.activationEvents, [
      'onUri',
      `onFileSystem:${compareScheme}`,
      `onFileSystem:${draftScheme}`,
      `onWebviewPanel:${panelType}`,
      'onStartupFinished',
    ]);
    assert.match(jsonScheme, /^[a-z-]+$/);
  });

  it('have no unreachable command: what the palette hides is in a menu, or kept for key bindings', () => {
    const kept: readonly string[] = [commands.toggleProduction, commands.toggleServerMade];
    const { commandPalette = [], ...menus } = contributes.menus;
    const hidden = commandPalette.filter(({ when }) => when === 'false').map(({ command }) => command);
    const placed = Object.values(menus)
      .flat()
      .map(({ command }) => command);
    assert.deepEqual(
      hidden.filter((command) => !placed.includes(command)),
      kept,
    );
  });
});
