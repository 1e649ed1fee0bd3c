/**
 * Makes the notices of all libraries that the package ships, from the bundler's own list of what went into its bundles.
 * They are made by each build and never committed, so that they cannot differ from what is shipped.
 */
const { existsSync, readdirSync, readFileSync } = require('node:fs');
const { dirname, join, resolve } = require('node:path');

const MIT = `Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without limitation the
rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit
persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`;

/** Packages under the MIT licence that bring no file with its text: whose copyright it is. */
const COPYRIGHTS = {
  '@vscode/l10n': 'Copyright (c) Microsoft Corporation. All rights reserved.',
  'data-uri-to-buffer': 'Copyright (c) 2014 Nathan Rajlich <nathan@tootallnate.net>',
};

const LICENCE_FILE = /^(licen[cs]e|copying|copyright|notice)/i;
const RULE = '='.repeat(80);

/**
 * The text of THIRD-PARTY-NOTICES.txt.
 * @param {readonly string[]} inputs the files that all bundles were made of
 * @param {string} [cwd] the folder that their paths start from
 * @throws Error naming each package whose licence has no text
 */
function notices(inputs, cwd = process.cwd()) {
  const files = inputs.map((file) => resolve(cwd, file));
  const folders = new Set(files.flatMap((file) => packageFolders(file)));
  const packages = [...folders].map(readPackage);
  const bare = packages.filter(({ text }) => text === '').map(({ name }) => name);
  if (bare.length > 0) throw new Error(`No text of the licence: ${bare.join(', ')}. See notices.js.`);
  const byName = new Map(packages.map((one) => [`${one.name} ${one.version}`, one]));
  const parts = [...byName].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => notice(one));
  return [
    'THIRD-PARTY NOTICES\n\nThis extension contains the software below, each under its own licence.\n',
    ...parts,
  ].join(`\n${RULE}\n\n`);
}

/** The folders of the packages whose code is in a file: its own, and those that its source map names. */
function packageFolders(file) {
  const [folder] = /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+(?=[\\/])/.exec(file) ?? [];
  if (folder === undefined) return [];
  return [folder, ...embedded(file).map((name) => findFrom(folder, name))];
}

/** The packages that a file was bundled from before it was published, where no bundler sees them any more. */
function embedded(file) {
  if (!existsSync(`${file}.map`)) return [];
  const { sources = [] } = JSON.parse(readFileSync(`${file}.map`, 'utf8'));
  const names = sources.flatMap(
    (source) => /.*node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/.exec(source)?.[1] ?? [],
  );
  return [...new Set(names)];
}

/** The folder of the package that `require(name)` finds from another folder. */
function findFrom(folder, name) {
  const found = join(folder, 'node_modules', name);
  if (existsSync(join(found, 'package.json'))) return found;
  const parent = dirname(folder);
  if (parent === folder) throw new Error(`${name} is shipped, but not installed. See notices.js.`);
  return findFrom(parent, name);
}

function readPackage(folder) {
  const { name, version, license, repository } = manifestOf(folder);
  const files = readdirSync(folder)
    .filter((file) => LICENCE_FILE.test(file))
    .sort();
  const texts = files.map((file) => readText(join(folder, file)));
  if (texts.length === 0 && license === 'MIT' && name in COPYRIGHTS)
    texts.push(`${COPYRIGHTS[name]}\n\n${MIT}`);
  const source = typeof repository === 'string' ? repository : repository?.url;
  return { name, version, license, source, text: texts.filter(Boolean).join('\n\n') };
}

function notice({ name, version, license, source, text }) {
  const head = [`${name} ${version}`, `Licence: ${license}`, ...(source ? [`Source: ${source}`] : [])];
  return `${head.join('\n')}\n\n${text}\n`;
}

function manifestOf(folder) {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
}

function readText(file) {
  return readFileSync(file, 'utf8')
    .replace(/^\uFEFF/, '')
    .replaceAll('\r\n', '\n')
    .trim();
}

module.exports = { notices };
