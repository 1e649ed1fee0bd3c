/**
 * Builds what the extension ships into dist/ and, with --tests, the programs below test/ into out/.
 *
 *   node esbuild.js [--production] [--watch] [--tests]
 */
const { build, context, transform } = require('esbuild');
const { readdirSync, rmSync } = require('node:fs');
const { mkdir, readFile, writeFile } = require('node:fs/promises');
const { dirname, posix, relative, sep } = require('node:path');
const { usedIcons } = require('./icons');
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

/** fetch-blob asks for the polyfill only where Node has no web streams of its own: VS Code always has. */
const EXTERNAL = ['vscode', 'web-streams-polyfill'];

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
      const texts = new Map(outputFiles.map(({ path, text }) => [toPosix(relative(__dirname, path)), text]));
      // Source maps do not survive the gathering, and are for development alone.
      const codes = production ? gathered(texts, metafile.outputs) : eachAsCommonJs(texts);
      for (const [path, code] of await codes) {
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

/** @param texts modules by path. @returns their code by path */
async function eachAsCommonJs(texts) {
  return await Promise.all([...texts].map(async ([path, text]) => [path, await commonJs(path, text)]));
}

async function commonJs(path, text) {
  const { code } = await transform(text, {
    ...commonJsOptions,
    sourcefile: path,
    sourcemap: production ? false : 'inline',
  });
  return code;
}

const commonJsOptions = {
  format: 'cjs',
  target: 'node20',
  minify: production,
  supported: { 'dynamic-import': false },
};

const ENTRY = 'dist/extension.js';

/**
 * Puts all chunks that activation loads into one file, as modules of one scope: opening a file costs VS Code a seventh
 * of a millisecond, and what makes a module of each costs half a kilobyte. The other chunks find there what they need of
 * them, so that each module is there once.
 */
async function gathered(texts, outputs) {
  const together = loadedWith(ENTRY, outputs);
  const others = await eachAsCommonJs(new Map([...texts].filter(([path]) => !together.has(path))));
  return [
    [ENTRY, await inOneScope(together, texts)],
    ...others.map(([path, code]) => [path, withRequires(code, path, together)]),
  ];
}

/** The code of one file with some chunks, which exports each of them under `nameOf` its path. */
async function inOneScope(chunks, texts) {
  const chunksAlone = {
    name: 'chunks-alone',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^\.\.?\// }, ({ path, importer, namespace }) => {
        const target = posix.join(posix.dirname(namespace === 'chunk' ? importer : ENTRY), path);
        return chunks.has(target)
          ? { path: target, namespace: 'chunk' }
          : { path: `./${posix.relative(posix.dirname(ENTRY), target)}`, external: true };
      });
      onLoad({ filter: /./, namespace: 'chunk' }, ({ path }) => ({ contents: texts.get(path) }));
    },
  };
  const lines = [...chunks].map((path) => {
    const address = JSON.stringify(`./${posix.relative(posix.dirname(ENTRY), path)}`);
    return path === ENTRY ? `export * from ${address};` : `export * as ${nameOf(path)} from ${address};`;
  });
  const { outputFiles } = await build({
    ...commonJsOptions,
    stdin: { contents: lines.join('\n') },
    bundle: true,
    write: false,
    platform: 'node',
    external: EXTERNAL,
    plugins: [chunksAlone],
  });
  return outputFiles[0].text;
}

/** The code of a chunk that finds those which activation loads in the file of {@link inOneScope}. */
function withRequires(code, path, together) {
  return code.replaceAll(/\brequire\("(\.[^"]+)"\)/g, (written, address) => {
    const target = posix.join(posix.dirname(path), address);
    if (!together.has(target)) return written;
    return `require("${posix.relative(posix.dirname(path), ENTRY)}").${nameOf(target)}`;
  });
}

/** The name of a chunk as a property. */
function nameOf(path) {
  return posix.basename(path, '.js').replaceAll('-', '_');
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
  external: EXTERNAL,
  entryPoints: { extension: 'src/extension.ts' },
  outdir: 'dist',
  write: false,
  metafile: true,
};

/**
 * The sample service, which runs without an editor as well.
 * @type {import('esbuild').BuildOptions}
 */
const sample = {
  ...common,
  sourcemap: production ? false : 'inline',
  entryPoints: { sample: 'src/sample/main.ts' },
  outdir: 'dist',
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
  plugins: [withTabIcons, usedIcons],
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
    ...EXTERNAL,
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
    'test/run/stubs/*.ts',
    'test/bench/bench.ts',
    'test/bench/activationSuite.ts',
    'test/soak/sampleWorker.ts',
    'test/soak/hostSuite.ts',
    'test/host/index.ts',
  ],
  outbase: 'test',
  outdir: 'out',
};

/** The paths below test/ of the tests that need no editor, with slashes and without what they end with. */
const unitTests = readdirSync('test', { recursive: true, encoding: 'utf8' })
  .map(toPosix)
  .filter((path) => path.endsWith('.test.ts') && !/^(host|ui|run|bench)\//.test(path))
  .map((path) => path.replace(/\.test\.ts$/, ''));

/** The programs below test/run/, and the tests in an editor. */
const programs = {
  ...tests,
  entryPoints: ['test/host/**/*.test.ts', 'test/ui/**/*.test.ts', ...tests.entryPoints.slice(1)],
};

/**
 * All unit tests in one file, in which each is loaded when it is asked for: a process that runs several compiles what
 * they share once. Each has a file of its own in out/ too, which asks for it.
 * @type {import('esbuild').BuildOptions}
 */
const units = {
  ...tests,
  entryPoints: [],
  stdin: {
    contents: unitTests
      .map((path) => `exports[${JSON.stringify(path)}] = () => require('./test/${path}.test.ts');`)
      .join('\n'),
    resolveDir: __dirname,
  },
  outbase: undefined,
  outdir: undefined,
  outfile: 'out/units.js',
  plugins: [
    {
      name: 'a-file-each',
      setup({ onEnd }) {
        onEnd(async () => {
          for (const path of unitTests) {
            const file = `out/${path}.test.js`;
            const bundle = posix.relative(posix.dirname(file), 'out/units.js');
            await mkdir(dirname(file), { recursive: true });
            await writeFile(file, `require('./${bundle}')[${JSON.stringify(path)}]();\n`);
          }
        });
      },
    },
  ],
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
  plugins: [usedIcons],
  entryPoints: {
    ...page.entryPoints,
    page: 'test/webview/page/main.ts',
    style: 'test/webview/page/style.css',
    axe: 'axe-core',
  },
  outdir: 'out/page',
};

async function main() {
  const ours = [shipped, sample, page];
  const builds = process.argv.includes('--tests') ? [...ours, programs, units, testPage] : ours;
  if (process.argv.includes('--watch')) {
    for (const options of builds) await (await context({ ...options, logLevel: 'info' })).watch();
    return;
  }
  for (const outdir of new Set(builds.flatMap(({ outdir }) => outdir ?? [])))
    rmSync(outdir, { recursive: true, force: true });
  const results = await Promise.all(builds.map((options) => build(options)));
  await writeNotices(results.slice(0, ours.length).map(({ metafile }) => metafile));
}

/** Writes the notices of what is shipped and, for a test to compare them with, what it was made of. */
async function writeNotices(metafiles) {
  await writeFile('THIRD-PARTY-NOTICES.txt', notices(metafiles));
  if (!process.argv.includes('--tests')) return;
  const inputs = metafiles.flatMap((metafile) => Object.keys(metafile.inputs));
  await writeFile('out/shippedInputs.json', JSON.stringify(inputs));
}

if (require.main === module) {
  main().catch((error) => {
    // esbuild has written its own errors.
    if (!('errors' in error)) console.error(error);
    process.exitCode = 1;
  });
}

module.exports = { tests };
