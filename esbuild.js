/**
 * Builds what the extension ships into dist/ and, with --tests, the programs below test/ into out/.
 *
 *   node esbuild.js [--production] [--watch] [--tests]
 */
const { build, context } = require('esbuild');
const { readFileSync, readdirSync, rmSync } = require('node:fs');
const { mkdir, readFile, rename, writeFile } = require('node:fs/promises');
const { dirname, join, posix, relative, sep } = require('node:path');
const { tabIcons, usedIcons } = require('./icons');
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
  // Those of production are moved out of dist/ and belong to no package.
  sourcemap: production ? 'external' : 'linked',
  logLevel: 'warning',
};

/** Where the source maps of production go: as deep as dist/, for they name their sources by relative paths. */
const MAPS = 'dist-maps';

/** fetch-blob asks for the polyfill only where Node has no web streams of its own: VS Code always has. */
const EXTERNAL = ['vscode', 'web-streams-polyfill'];

/** What VS Code exports, in the oldest version that package.json allows: what its namespaces export is indented more. */
const VSCODE_EXPORT = /^(?:\t| {4})?export (?:class|enum|namespace|function|const) (\w+)/gm;

/**
 * Makes an ECMAScript module of VS Code's API, so that esbuild sees which names of it are used. Of a CommonJS module it
 * copies every export into a new object, in every file that imports it: with the hundreds of exports of vscode that cost
 * 3 ms and 1.7 MB at activation.
 * @type {import('esbuild').Plugin}
 */
const vscodeModule = {
  name: 'vscode-module',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^vscode$/ }, ({ namespace }) =>
      namespace === 'vscode' ? { external: true } : { path: 'vscode', namespace: 'vscode' },
    );
    onLoad({ filter: /./, namespace: 'vscode' }, async () => {
      const types = await readFile(require.resolve('@types/vscode/index.d.ts'), 'utf8');
      const names = new Set([...types.matchAll(VSCODE_EXPORT)].map(([, name]) => name));
      // A pure call is left out if nothing uses its result; reading a member could have effects.
      const exported = [...names].map(
        (name) => `export const ${name} = /* @__PURE__ */ (() => api.${name})();`,
      );
      return { contents: [`const api = require('vscode');`, ...exported].join('\n') };
    });
  },
};

/** The thread that makes long texts of comparisons, found by the place of the code that starts it. */
const TEXT_WORKER = 'src/features/compare/textWorker.ts';

/** What is loaded before everything else: by activation, and by the first use of what it registers. */
const FIRST_LOADED = ['src/extension.ts', 'src/application.ts'];

/** What a module exports besides types. */
const EXPORTED = /^export (?:async )?(?:class|const|function) (\w+)/gm;

/**
 * Has each module that is loaded by `import()` import what was loaded before it. esbuild puts into one file what the
 * same entry points reach, and so all that activation loads, and all of the application: as many files as there are
 * ways to share it cost 4 ms more. A default export is lost on the way; lint forbids them. A package imports nothing:
 * the thread loads it too, which has no editor.
 *
 * What is loaded later of one feature or service is one file: half as many files make the package 34 kB smaller.
 * @type {import('esbuild').Plugin}
 */
const fewFiles = {
  name: 'few-files',
  setup({ onResolve, onLoad, resolve }) {
    const folders = laterModules();
    onResolve({ filter: /./ }, async ({ kind, path, importer, resolveDir }) => {
      if (kind !== 'dynamic-import') return undefined;
      const found = await resolve(path, { kind: 'import-statement', importer, resolveDir });
      if (found.errors.length > 0 || found.external) return found;
      const file = toPosix(relative(__dirname, found.path));
      const [folder = file] = [...folders].find(([, files]) => files.has(file)) ?? [];
      return { path: folder, namespace: 'loaded-later' };
    });
    onLoad({ filter: /./, namespace: 'loaded-later' }, ({ path }) => ({
      contents: [
        ...(path.startsWith('src/') ? FIRST_LOADED : [])
          .filter((first) => first !== path)
          .map((first) => `import './${first}';`),
        ...[...(folders.get(path) ?? [path])].map((file) => `export * from './${file}';`),
      ].join('\n'),
      resolveDir: __dirname,
    }));
  },
};

/** A file of its own, because it is loaded right after activation if there is an account. */
const ALONE = 'src/features/editor/languageFeatures.ts';

/**
 * The modules of features and services that are loaded later, by their folders.
 * @throws Error if two modules of a folder export the same name: one file can have it only once
 */
function laterModules() {
  const folders = new Map();
  for (const name of readdirSync('src', { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.ts') || name.startsWith('webview')) continue;
    const importer = `src/${toPosix(name)}`;
    for (const [, path] of readFileSync(importer, 'utf8').matchAll(/\bimport\('(\.[^']+)'\)/g)) {
      const file = `${posix.join(posix.dirname(importer), path)}.ts`;
      const [folder] = /^src\/(?:features|core\/services)\/\w+/.exec(file) ?? [];
      if (folder && file !== ALONE) folders.set(folder, new Set(folders.get(folder)).add(file));
    }
  }
  for (const [folder, files] of folders) {
    const names = [...files].flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(EXPORTED)].map(([, name]) => name),
    );
    const twice = names.find((name, at) => names.indexOf(name) !== at);
    if (twice)
      throw new Error(`${twice} is exported twice by what is loaded later of ${folder}. See esbuild.js.`);
  }
  return folders;
}

/**
 * Writes what was built as ECMAScript modules, the only ones that esbuild splits, into dist/ as CommonJS: VS Code
 * 1.100 asks another thread for each file of ECMAScript modules, which took three times as long.
 * @type {import('esbuild').Plugin}
 */
const asCommonJs = {
  name: 'as-common-js',
  setup({ initialOptions: { outdir }, onEnd }) {
    onEnd(async ({ errors, metafile }) => {
      if (errors.length > 0) return;
      await build({
        ...common,
        bundle: false,
        // Without the list of exports that Node reads for ECMAScript modules, of which there are none.
        platform: 'neutral',
        entryPoints: Object.keys(metafile.outputs).filter((path) => path.endsWith('.js')),
        outbase: outdir,
        outdir: 'dist',
        supported: { 'dynamic-import': false },
      });
    });
  },
};

/**
 * The extension. What the first tree does not need is loaded by `import()` and gets files of its own: V8 pays for every
 * byte of a file that it loads, used or not.
 * @type {import('esbuild').BuildOptions}
 */
const extension = {
  ...common,
  format: 'esm',
  splitting: true,
  // Beside the bundle of the sample service, which the code finds by its own place.
  chunkNames: '[name]-[hash]',
  sourcemap: 'linked',
  plugins: [vscodeModule, tabIcons, fewFiles, asCommonJs],
  external: EXTERNAL,
  entryPoints: { extension: 'src/extension.ts', textWorker: TEXT_WORKER },
  outdir: 'out/modules',
  metafile: true,
};

/**
 * The sample service, which runs without an editor as well.
 * @type {import('esbuild').BuildOptions}
 */
const sample = {
  ...common,
  entryPoints: { sample: 'src/sample/main.ts' },
  outdir: 'dist',
  metafile: true,
};

/**
 * The thread as one file, where tests have the code that starts it.
 * @param {string} outdir
 * @returns {import('esbuild').BuildOptions}
 */
function textWorker(outdir) {
  return { ...common, entryPoints: { textWorker: TEXT_WORKER }, outdir };
}

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
  plugins: [usedIcons],
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
  plugins: [tabIcons],
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
    'test/unit/**/*.test.ts',
    'test/integration/**/*.test.ts',
    'test/integration/index.ts',
    'test/e2e/**/*.test.ts',
    'test/scripts/*.ts',
    'test/scripts/stubs/*.ts',
    'test/scripts/soak/sampleWorker.ts',
    'test/scripts/soak/hostSuite.ts',
    'test/bench/bench.ts',
    'test/bench/activationSuite.ts',
  ],
  outbase: 'test',
  outdir: 'out',
};

/** The metafile of esbuild writes paths with slashes on every system. */
function toPosix(path) {
  return path.split(sep).join('/');
}

/** The paths below test/ of the tests that need no editor, with slashes and without what they end with. */
function unitTests() {
  return readdirSync(join(__dirname, 'test/unit'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.test.ts'))
    .map((path) => `unit/${toPosix(path).replace(/\.test\.ts$/, '')}`);
}

/** The programs, and the tests in an editor. */
const programs = {
  ...tests,
  entryPoints: tests.entryPoints.filter((path) => !path.startsWith('test/unit/')),
};

/**
 * All unit tests in one file, in which each is loaded when it is asked for: a process that runs several compiles what
 * they share once. They share the editor as well, so every test begins with one in which nothing was shown.
 * @param {readonly string[]} paths those of the tests below test/, as {@link unitTests} gives them
 * @param {string} folder
 * @returns {import('esbuild').BuildOptions}
 */
function bundleUnits(paths, folder) {
  return {
    ...tests,
    entryPoints: [],
    stdin: {
      contents: [
        "const { beforeEach } = require('node:test');",
        "const clear = () => require('./test/support/vscode/vscode.ts').editor.reset();",
        ...paths.map(
          (path) =>
            `exports[${JSON.stringify(path)}] = () => { beforeEach(clear); require('./test/${path}.test.ts'); };`,
        ),
      ].join('\n'),
      resolveDir: __dirname,
    },
    outbase: undefined,
    outdir: undefined,
    outfile: `${folder}/units.js`,
  };
}

/**
 * Gives each test of the bundle in out/ a file of its own too, which asks for it.
 * @param {readonly string[]} paths
 * @returns {import('esbuild').Plugin}
 */
function fileEach(paths) {
  return {
    name: 'a-file-each',
    setup({ onEnd }) {
      onEnd(async () => {
        for (const path of paths) {
          const file = `out/${path}.test.js`;
          const bundle = posix.relative(posix.dirname(file), 'out/units.js');
          await mkdir(dirname(file), { recursive: true });
          await writeFile(file, `require('./${bundle}')[${JSON.stringify(path)}]();\n`);
        }
      });
    },
  };
}

/**
 * The unit tests in a folder, and the thread that they start, which they find beside them.
 * @param {string} folder
 * @returns {readonly import('esbuild').BuildOptions[]}
 */
function unitBuilds(folder) {
  return [bundleUnits(unitTests(), folder), textWorker(folder)];
}

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
    page: 'test/e2e/page/main.ts',
    style: 'test/e2e/page/style.css',
    axe: 'axe-core',
  },
  outdir: 'out/page',
};

function testBuilds() {
  const [units, ...beside] = unitBuilds('out');
  return [
    programs,
    { ...units, plugins: [...units.plugins, fileEach(unitTests())] },
    ...beside,
    testPage,
    textWorker('out/bench'),
  ];
}

async function main() {
  const ours = [extension, sample, page];
  const builds = process.argv.includes('--tests') ? [...ours, ...testBuilds()] : ours;
  if (process.argv.includes('--watch')) {
    for (const options of builds) await (await context({ ...options, logLevel: 'info' })).watch();
    return;
  }
  for (const outdir of new Set(['dist', MAPS, ...builds.flatMap(({ outdir }) => outdir ?? [])]))
    rmSync(outdir, { recursive: true, force: true });
  const results = await Promise.all(builds.map((options) => build(options)));
  if (production) await moveMaps();
  await writeNotices(results.slice(0, ours.length).map(({ metafile }) => metafile));
}

/** Moves the source maps of dist/ to where no package takes them: a release has them beside it. */
async function moveMaps() {
  const files = readdirSync('dist', { recursive: true, encoding: 'utf8' });
  for (const file of files.filter((name) => name.endsWith('.map'))) {
    await mkdir(join(MAPS, dirname(file)), { recursive: true });
    await rename(join('dist', file), join(MAPS, file));
  }
}

/** Writes the notices of what is shipped and, for a test to compare them with, what it was made of. */
async function writeNotices(metafiles) {
  const inputs = metafiles.flatMap((metafile) => Object.keys(metafile.inputs)).filter(isFile);
  await writeFile('THIRD-PARTY-NOTICES.txt', notices(inputs));
  if (process.argv.includes('--tests')) await writeFile('out/shippedInputs.json', JSON.stringify(inputs));
}

/** Whether a path of the metafile is no module that a plugin makes up, which begins with its namespace. */
function isFile(path) {
  return !/^[\w-]+:/.test(path);
}

if (require.main === module) {
  main().catch((error) => {
    // esbuild has written its own errors.
    if (!('errors' in error)) console.error(error);
    process.exitCode = 1;
  });
}

module.exports = { tests, unitBuilds };
