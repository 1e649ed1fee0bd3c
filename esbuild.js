/**
 * Builds what the extension ships into dist/ and, with --tests, the programs below test/ into out/.
 *
 *   node esbuild.js [--production] [--watch] [--tests]
 */
const { build, context, transform } = require('esbuild');
const { rmSync } = require('node:fs');
const { mkdir, readFile, writeFile } = require('node:fs/promises');
const { basename, dirname, relative, sep } = require('node:path');
const { notices } = require('./notices');

const production = process.argv.includes('--production');

/** @type {import('esbuild').BuildOptions} */
const common = {
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  mainFields: ['module', 'main'],
  minify: production,
  sourcemap: production ? false : 'linked',
  logLevel: 'warning',
};

/**
 * Takes VS Code's API as it is. For `import * as` of a CommonJS module esbuild copies every export into a new object,
 * in every file that imports it: with the hundreds of exports of vscode that cost 10 ms and 3 MB at activation.
 * @type {import('esbuild').Plugin}
 */
const plainVscode = {
  name: 'plain-vscode',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/](src|test)[\\/].*\.ts$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      const contents = text.replace("import * as vscode from 'vscode';", "const vscode = require('vscode');");
      return { contents, loader: 'ts' };
    });
  },
};

/**
 * Writes the files of a build of ECMAScript modules, the only ones that esbuild splits, as CommonJS. `import()` becomes
 * `require`: VS Code gives its own `http` and `https`, which know the user's proxy, to what is required.
 * @type {import('esbuild').Plugin}
 */
const asCommonJs = {
  name: 'as-common-js',
  setup({ onEnd }) {
    onEnd(async ({ outputFiles = [], metafile }) => {
      const codes = new Map();
      for (const { path, text } of outputFiles)
        codes.set(toPosix(relative(__dirname, path)), await commonJs(path, text));
      // Source maps do not survive the gathering, and are for development alone.
      for (const [path, code] of production ? gathered(codes, metafile.outputs) : codes) {
        await mkdir(dirname(path), { recursive: true });
        await writeFile(path, code);
      }
    });
  },
};

/** The metafile of esbuild writes paths with slashes on every system. */
function toPosix(path) {
  return path.split(sep).join('/');
}

async function commonJs(path, text) {
  const { code } = await transform(text, {
    format: 'cjs',
    target: 'node20',
    minify: production,
    supported: { 'dynamic-import': false },
    sourcefile: path,
    sourcemap: production ? false : 'inline',
  });
  return code;
}

/**
 * Puts all chunks that activation loads into one file, for opening each costs VS Code a seventh of a millisecond. Those
 * that other chunks need too stay as doors to it, so that each module is there once.
 */
function gathered(codes, outputs) {
  const entry = 'dist/extension.js';
  const together = [...loadedWith(entry, outputs)].filter((path) => path !== entry);
  const names = new Set(together.map((path) => basename(path)));
  const calling = (caller, code) =>
    code.replaceAll(/\brequire\("\.\/(?:chunks\/)?([\w-]+\.js)"\)/g, (written, name) =>
      names.has(name) ? `${caller}("${name}")` : written,
    );
  const files = together.map(
    (path) => `"${basename(path)}"(module,exports){${calling('atActivation', codes.get(path))}\n}`,
  );
  const activation = `const files={${files.join(',')}},loaded={};
const atActivation=(name)=>{if(!loaded[name]){loaded[name]={exports:{}};files[name](loaded[name],loaded[name].exports)}return loaded[name].exports};
module.exports=atActivation;`;
  const doors = together.map((path) => [
    path,
    `module.exports=require("./activation.js")("${basename(path)}");`,
  ]);
  return new Map([
    ...codes,
    ...doors,
    ['dist/chunks/activation.js', activation],
    [entry, calling('require("./chunks/activation.js")', codes.get(entry))],
  ]);
}

/** The files that loading one of them loads too. */
function loadedWith(path, outputs, found = new Set()) {
  if (found.has(path)) return found;
  found.add(path);
  for (const { path: next, kind } of outputs[path].imports) {
    if (kind === 'import-statement' && next in outputs) loadedWith(next, outputs, found);
  }
  return found;
}

/**
 * What the first tree does not need is loaded by `import()` and gets files of its own: V8 pays for every byte of a file
 * that it loads, used or not.
 * @type {import('esbuild').BuildOptions}
 */
const shipped = {
  ...common,
  format: 'esm',
  splitting: true,
  chunkNames: 'chunks/[name]-[hash]',
  sourcemap: production ? false : 'inline',
  plugins: [plainVscode, asCommonJs],
  // fetch-blob asks for this polyfill only where Node has no web streams of its own: VS Code always has.
  external: ['vscode', 'web-streams-polyfill'],
  entryPoints: { extension: 'src/extension.ts', sample: 'src/sample/main.ts' },
  outdir: 'dist',
  write: false,
  metafile: true,
};

/** The icons of panels in their tabs: VS Code takes files there, one for each kind of theme. */
const tabIcons = [
  ...['plug', 'table', 'history', 'eye', 'symbol-namespace', 'symbol-field', 'git-merge', 'person'],
  ...['symbol-class', 'checklist', 'account', 'folder', 'error', 'warning'],
];
const iconColors = { dark: '#C5C5C5', light: '#424242' };

/** @type {import('esbuild').Plugin} */
const withTabIcons = {
  name: 'with-tab-icons',
  setup({ onEnd }) {
    onEnd(async () => {
      for (const [theme, color] of Object.entries(iconColors)) {
        const folder = `dist/panel/icons/${theme}`;
        await mkdir(folder, { recursive: true });
        for (const name of tabIcons) {
          const svg = await readFile(`node_modules/@vscode/codicons/src/icons/${name}.svg`, 'utf8');
          await writeFile(`${folder}/${name}.svg`, svg.replaceAll('currentColor', color));
        }
      }
    });
  },
};

/**
 * The page of the panel, for the browser that VS Code shows it in. What a tab alone needs is a file of its own.
 * @type {import('esbuild').BuildOptions}
 */
const page = {
  ...common,
  platform: 'browser',
  format: 'esm',
  splitting: true,
  target: 'chrome132',
  mainFields: ['browser', 'module', 'main'],
  loader: { '.ttf': 'file' },
  plugins: [withTabIcons],
  entryPoints: {
    page: 'src/webview/main.ts',
    style: 'src/webview/style.css',
    codicon: '@vscode/codicons/dist/codicon.css',
  },
  chunkNames: 'chunk-[hash]',
  outdir: 'dist/panel',
  tsconfig: 'src/webview/tsconfig.json',
  metafile: true,
};

/** @type {import('esbuild').BuildOptions} */
const tests = {
  ...common,
  minify: false,
  external: [
    ...shipped.external,
    'mocha',
    'playwright-core',
    '@sparticuz/chromium',
    '@vscode/*',
    'esbuild',
    'typescript',
  ],
  entryPoints: [
    'test/**/*.test.ts',
    'test/run/*.ts',
    'test/bench/bench.ts',
    'test/bench/activationSuite.ts',
    'test/soak/sampleWorker.ts',
    'test/soak/hostSuite.ts',
    'test/host/index.ts',
  ],
  outbase: 'test',
  outdir: 'out',
};

/**
 * The tabs of the panel on a page of their own, for tests without an editor.
 * @type {import('esbuild').BuildOptions}
 */
const testPage = {
  ...page,
  format: 'iife',
  splitting: false,
  minify: false,
  plugins: [],
  entryPoints: {
    ...page.entryPoints,
    page: 'test/webview/page/main.ts',
    style: 'test/webview/page/style.css',
    axe: 'axe-core',
  },
  outdir: 'out/page',
};

async function main() {
  const builds = process.argv.includes('--tests') ? [shipped, page, tests, testPage] : [shipped, page];
  if (process.argv.includes('--watch')) {
    for (const options of builds) await (await context({ ...options, logLevel: 'info' })).watch();
    return;
  }
  for (const { outdir } of builds) rmSync(outdir, { recursive: true, force: true });
  const results = await Promise.all(builds.map((options) => build(options)));
  await writeNotices(results.slice(0, 2).map(({ metafile }) => metafile));
}

/** Writes the notices of what is shipped and, for a test to compare them with, what it was made of. */
async function writeNotices(metafiles) {
  await writeFile('THIRD-PARTY-NOTICES.txt', notices(metafiles));
  if (!process.argv.includes('--tests')) return;
  const inputs = metafiles.flatMap((metafile) => Object.keys(metafile.inputs));
  await writeFile('out/shippedInputs.json', JSON.stringify(inputs));
}

main().catch((error) => {
  // esbuild has written its own errors.
  if (!('errors' in error)) console.error(error);
  process.exitCode = 1;
});
