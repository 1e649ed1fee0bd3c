import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it, mock } from 'node:test';
import * as v from 'valibot';
import { devDependencies, scripts } from '../../../../package.json';
import { runCommandLine } from '../../../../src/sample/commandLine';
import { services } from '../../../../src/core/services/registry';
import { root } from '../../../scripts/lib/paths';
import { documents, read, section, tableRows } from '../../../scripts/docs/markdown';

/** Scripts that npm knows by another name than `npm run`, or calls itself. */
const OTHER_SCRIPTS = ['start', 'test', 'vscode:prepublish'];

describe('CONTRIBUTING.md', () => {
  it('lists every script that a person runs', () => {
    const rows = tableRows(section(read('CONTRIBUTING.md'), '## Daily commands'));
    const listed = rows.flatMap(([command = '']) => /^`npm run ([\w:]+)`$/.exec(command)?.[1] ?? []);
    const wanted = Object.keys(scripts).filter((name) => !OTHER_SCRIPTS.includes(name));
    assert.deepEqual(listed.toSorted(), wanted.toSorted());
  });

  it('lists the options of the sample service, with their defaults', async () => {
    const write = mock.method(process.stdout, 'write', () => true);
    await runCommandLine(['--help']);
    write.mock.restore();
    const help = String(write.mock.calls[0]?.arguments[0]);
    const options = [...help.matchAll(/^ {2}(--[a-z-]+(?: N)?) .*?(?:\((\d+)\))?$/gm)];
    const wanted = options.map(([, option = '', value = '']) => [`\`${option}\``, value]);
    const [, ...rows] = tableRows(section(read('CONTRIBUTING.md'), '## Sample service'));
    assert.deepEqual(
      rows.map(([option, value]) => [option, value]),
      wanted,
    );
  });
});

describe('The documents', () => {
  it('name files and folders that exist', () => {
    const missing = documents().flatMap((name) =>
      [...read(name).matchAll(/`((?:src|test|docs|media|l10n)\/[\w./-]*)`/g)]
        .map(([, path = '']) => path)
        .filter((path) => !existsSync(join(root, path)))
        .map((path) => `${name}: ${path}`),
    );
    assert.deepEqual(missing, []);
  });

  it('name scripts that exist', () => {
    for (const name of documents()) {
      for (const [, script = ''] of read(name).matchAll(/\bnpm run ([\w:]+)/g))
        assert.ok(script in scripts, `${name}: ${script}`);
    }
  });
});

describe('README.md', () => {
  it('README.md is at most 8 kB', () => {
    assert.ok(Buffer.byteLength(read('README.md')) <= 8192);
  });

  it('names the commands that start and test a fresh clone', () => {
    const [, block = ''] = read('README.md').split('```sh\n');
    assert.match(block, /^npm ci && npm start\b.*\nnpm ci && npm test\b.*\n```/);
  });
});

describe('docs/decisions/', () => {
  it('lists every library with its version and license', () => {
    const rows = tableRows(read('docs/decisions/libraries.md')).filter(([, version = '']) =>
      /^\d/.test(version),
    );
    assert.deepEqual(
      Object.fromEntries(rows.map(([name = '', version]) => [name, version])),
      devDependencies,
    );
    for (const [name = '', , license] of rows) {
      const { license: actual } = v.parse(
        v.object({ license: v.string() }),
        JSON.parse(read(`node_modules/${name}/package.json`)),
      );
      assert.equal(license, actual, name);
    }
  });

  it('lists the inferences of every service', () => {
    const text = read('docs/decisions/service-inferences.md');
    for (const { id } of services) assert.ok(text.includes(`\`src/core/services/${id}/`), id);
  });
});

describe('ARCHITECTURE.md', () => {
  const text = read('ARCHITECTURE.md');

  it('ARCHITECTURE.md is at most 14 kB', () => {
    assert.ok(Buffer.byteLength(text) <= 14 * 1024);
  });

  it('explains at most 12 words', () => {
    const [, ...words] = tableRows(section(text, '## Glossary'));
    assert.ok(words.length > 0);
    assert.ok(words.length <= 12, `${words.length} words`);
  });

  it('names every folder of src/, those of test/, and none that is gone', () => {
    const [, block = ''] = section(text, '## Folders').split('```');
    const named = new Set([...block.matchAll(/([\w-]+)\//g)].map(([, name = '']) => name));
    const inSource = foldersBelow('src');
    const inTests = readdirSync(join(root, 'test'), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);
    assert.deepEqual(
      [...inSource, ...inTests].filter((name) => !named.has(name)),
      [],
    );
    const known = new Set([
      ...['src', 'docs', 'decisions', 'test', 'project', 'l10n', 'media'],
      ...[...inSource, ...inTests],
    ]);
    assert.deepEqual(
      [...named].filter((name) => !known.has(name)),
      [],
    );
  });

  it('lists what each folder may import, as lint enforces it', () => {
    const rules = [...read('.dependency-cruiser.mjs').matchAll(/^ +only\('(\w+)', \[(.*?)\]/gm)];
    assert.ok(rules.length > 5);
    const rows = new Map(tableRows(section(text, '## Rules')).map(([folder, known]) => [folder, known]));
    for (const [, folder = '', known = ''] of rules)
      assert.equal(rows.get(`\`${folder}\``), known.replaceAll("'", '`'), folder);
  });
});

describe('The pages for developers', () => {
  it('use identifiers that the code has', () => {
    const pages = documents().filter((name) => /^(?:ARCHITECTURE|CONTRIBUTING|docs\/decisions\/)/.test(name));
    const code = [
      ...['src', 'test'].flatMap((folder) => filesBelow(folder)),
      ...['package.json', 'eslint.config.mjs', 'esbuild.js', 'node_modules/@types/vscode/index.d.ts'],
    ].map(read);
    const known = new Set(code.flatMap((text) => text.match(/[A-Za-z_]\w*/g) ?? []));
    const unknown = pages.flatMap((name) =>
      [...read(name).matchAll(/`([A-Za-z_]\w*)(?:\(\))?`/g)]
        .map(([, word = '']) => word)
        .filter((word) => !known.has(word))
        .map((word) => `${name}: ${word}`),
    );
    assert.deepEqual(unknown, []);
  });
});

/** The names of all folders below a folder. */
function foldersBelow(folder: string): readonly string[] {
  const entries = readdirSync(join(root, folder), { recursive: true, withFileTypes: true });
  return [...new Set(entries.filter((entry) => entry.isDirectory()).map(({ name }) => name))];
}

/** The paths of all TypeScript files below a folder. */
function filesBelow(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `${folder}/${name}`);
}
