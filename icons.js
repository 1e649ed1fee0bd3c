/** Leaves of the codicons, which are 649, those that the panel may show: the font is the largest file of the package. */
const { readdirSync, readFileSync } = require('node:fs');
const { readFile } = require('node:fs/promises');
const { dirname, join } = require('node:path');
const { build } = require('esbuild');
const subsetFont = require('subset-font');

/** Where names of icons are written: rows bring theirs along from outside of the page. */
const SOURCES = ['src', 'node_modules/@vscode-elements/elements/dist'];

/** The rule of one icon. */
const RULE = /^\.codicon-([a-z0-9-]+):before \{ content: "\\([0-9a-f]+)" \}\s*$/gm;

/** Every word in quotes: more than the icons, and none of them less, as long as no name is put together. */
function quotedWords() {
  const words = new Set();
  for (const folder of SOURCES) {
    for (const name of readdirSync(join(__dirname, folder), { recursive: true, encoding: 'utf8' })) {
      if (!/\.[jt]s$/.test(name)) continue;
      const text = readFileSync(join(__dirname, folder, name), 'utf8');
      for (const [, , word] of text.matchAll(/(["'`])([a-z][a-z0-9-]*)\1/g)) words.add(word);
    }
  }
  return words;
}

/** @param css codicon.css. @returns it without the icons that nothing names */
function usedRules(css) {
  const words = quotedWords();
  return css.replaceAll(RULE, (rule, name) => (words.has(name) ? rule : ''));
}

/** @type {import('esbuild').Plugin} */
const usedIcons = {
  name: 'used-icons',
  setup({ onLoad }) {
    onLoad({ filter: /codicons[\\/]dist[\\/]codicon\.css$/ }, async ({ path }) => {
      return { contents: usedRules(await readFile(path, 'utf8')), loader: 'css' };
    });
    onLoad({ filter: /codicons[\\/]dist[\\/]codicon\.ttf$/ }, async ({ path }) => {
      const css = usedRules(await readFile(path.replace(/ttf$/, 'css'), 'utf8'));
      const characters = [...css.matchAll(RULE)].map(([, , code]) =>
        String.fromCodePoint(parseInt(code, 16)),
      );
      return { contents: await subsetFont(await readFile(path), characters.join('')), loader: 'file' };
    });
  },
};

/** The pictures of the icons of all kinds, and of that of problems that cannot be retried, by their names. */
async function tabPictures() {
  const {
    outputFiles: [code],
  } = await build({
    ...{ entryPoints: [join(__dirname, 'src/shared/kinds.ts')], bundle: true, write: false },
    ...{ platform: 'browser', format: 'esm' },
  });
  const { KINDS } = await import(`data:text/javascript,${encodeURIComponent(code.text)}`);
  const names = new Set([...Object.values(KINDS).map(({ icon }) => icon), 'warning']);
  const folder = join(dirname(require.resolve('@vscode/codicons/package.json')), 'src', 'icons');
  const pictures = [...names].map(async (name) => [
    name,
    await readFile(join(folder, `${name}.svg`), 'utf8'),
  ]);
  return Object.fromEntries(await Promise.all(pictures));
}

/**
 * The module `tab-icons`, with what panels show in their tabs: VS Code takes images there, and 38 files of them made
 * the package 20 kB larger.
 * @type {import('esbuild').Plugin}
 */
const tabIcons = {
  name: 'tab-icons',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^tab-icons$/ }, ({ path }) => ({ path, namespace: path }));
    onLoad({ filter: /./, namespace: 'tab-icons' }, async () => ({
      contents: `export const pictures = ${JSON.stringify(await tabPictures())};`,
    }));
  },
};

module.exports = { tabIcons, usedIcons };
