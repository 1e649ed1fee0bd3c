import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it, mock } from 'node:test';
import * as v from 'valibot';
import manifest from '../package.json';
import { runCommandLine } from '../src/sample/commandLine';
import { services } from '../src/services/registry';

const root = join(__dirname, '..');
const read = (name: string): string => readFileSync(join(root, name), 'utf8');
const readTexts = (name: string): Readonly<Record<string, string>> =>
  v.parse(v.record(v.string(), v.string()), JSON.parse(read(name)));

const documents = readdirSync(root).filter((name) => name.endsWith('.md'));
const readme = read('README.md');
const architecture = read('ARCHITECTURE.md');

/** The first cells of all rows of the tables below a heading. */
function firstCells(heading: string): readonly string[] {
  const [, section = ''] = readme.split(`\n## ${heading}\n`);
  const lines = (section.split('\n## ')[0] ?? '').split('\n');
  return lines.flatMap((line) => /^\| (?!-)(.*?) +\|/.exec(line)?.[1] ?? []);
}

/** The anchor that GitHub gives a heading. */
function anchor(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} -]/gu, '')
    .replaceAll(' ', '-');
}

describe('README.md', () => {
  it('lists every command, and none that is gone', () => {
    const titles = Object.entries(readTexts('package.nls.json')).flatMap(([key, text]) =>
      key.startsWith('command.') && key !== 'command.category' ? [text] : [],
    );
    const [, ...listed] = firstCells('Commands');
    assert.deepEqual(listed.toSorted(), titles.toSorted());
  });

  it('lists every setting with its default', () => {
    for (const [name, { default: value }] of Object.entries(manifest.contributes.configuration.properties)) {
      assert.match(readme, new RegExp(`\\| \`${name}\` +\\| ${value} +\\|`));
    }
  });

  it('names the key of every key binding', () => {
    for (const { key } of manifest.contributes.keybindings) {
      const written = key.replaceAll(/(^|\+| )\w/g, (letter) => letter.toUpperCase());
      assert.ok(readme.includes(`\`${written}\``), written);
    }
  });

  it('lists the keys of settings and secrets of every service', () => {
    const [, ...listed] = firstCells('Account settings and secrets');
    const fields = services.flatMap(({ signIn, options }) => [
      ...signIn.flatMap((method) => method.fields),
      ...options,
    ]);
    const keys = new Set(fields.map(({ key }) => `\`${key}\``));
    assert.deepEqual(listed.toSorted(), [...keys].sort());
  });

  it('says of every service what it shows, how to sign in, and what its limits are', () => {
    const [shows, ...signIns] = [...readme.matchAll(/^## (What each|Sign in to) (.*)$/gm)];
    assert.ok(shows);
    assert.equal(signIns.length, services.length);
    for (const [, , name = ''] of signIns) {
      assert.ok(readme.includes(`\n    ${name} `), `tree of ${name}`);
      assert.ok(readme.includes(`**${name}.**`), `limits of ${name}`);
    }
  });

  it('explains messages that exist', () => {
    const texts = readTexts('l10n/bundle.l10n.json');
    const [, ...messages] = firstCells('Troubleshooting');
    assert.ok(messages.length > 0);
    for (const message of messages) assert.ok(message in texts, message);
  });

  it('names scripts that exist, and all that a person runs', () => {
    const named = [...readme.matchAll(/npm run ([\w:]+)/g)].map(([, name = '']) => name);
    for (const name of named) assert.ok(name in manifest.scripts, name);
    const others = ['start', 'test', 'vscode:prepublish'];
    for (const name of Object.keys(manifest.scripts)) {
      assert.ok(others.includes(name) || named.includes(name), name);
    }
  });

  it('lists the options of the sample service', async () => {
    const options = (text: string): readonly string[] => [
      ...new Set([...text.matchAll(/(?<=^ *\| `| {2})--[a-z-]+(?: N)?\b/gm)].map(([option]) => option)),
    ];
    const write = mock.method(process.stdout, 'write', () => true);
    await runCommandLine(['--help']);
    write.mock.restore();
    const help = String(write.mock.calls[0]?.arguments[0]);
    assert.deepEqual(options(readme), options(help));
  });
});

describe('ARCHITECTURE.md', () => {
  it('names every folder of src/', () => {
    const entries = readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true });
    for (const entry of entries.filter((each) => each.isDirectory())) {
      const folder = join(entry.parentPath, entry.name)
        .slice(root.length + 1)
        .replaceAll('\\', '/');
      assert.ok(architecture.includes(`\`${folder}/\``), folder);
    }
  });

  it('names every part that services share', () => {
    const shared = readdirSync(join(root, 'src/services')).filter((name) => name.endsWith('.ts'));
    for (const name of shared) assert.ok(architecture.includes(`\`${name.slice(0, -3)}\``), name);
  });

  it('names files that exist where decisions rest on inference', () => {
    const [, section = ''] = architecture.split('that rest on inference\n');
    const named = [...section.matchAll(/`((?:cja|datadog|krenalis|immuta|sample)\/[\w./]*)`/g)];
    assert.ok(named.length > 0);
    for (const [, file = ''] of named) {
      const folder = file.startsWith('sample/') ? 'src' : 'src/services';
      assert.ok(existsSync(join(root, folder, file)), file);
    }
  });

  it('names every library with its version', () => {
    const rows = [...architecture.matchAll(/^\| (\S+) +\| ([\d.]+) +\|/gm)];
    const named = rows.map(([, name = '', version]) => [name.toLowerCase(), version]);
    assert.deepEqual(Object.fromEntries(named), manifest.devDependencies);
  });
});

describe('The documents', () => {
  it('link to files and headings that exist', () => {
    for (const document of documents) {
      const text = read(document);
      const headings = [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => anchor(heading));
      for (const [, target = ''] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
        if (URL.canParse(target)) continue;
        const [file = '', heading] = target.split('#');
        if (file !== '') assert.ok(existsSync(join(root, file)), `${document}: ${target}`);
        else assert.ok(heading !== undefined && headings.includes(heading), `${document}: ${target}`);
      }
    }
  });

  it('name no place of one machine', () => {
    for (const document of documents)
      assert.doesNotMatch(read(document), /\/(?:home|Users|work)\//, document);
  });
});
