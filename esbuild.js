/**
 * Builds what the extension ships into dist/ and, with --tests, the programs below test/ into out/.
 *
 *   node esbuild.js [--production] [--watch] [--tests]
 */
const { build, context } = require('esbuild');
const { rmSync } = require('node:fs');
const { readFile } = require('node:fs/promises');

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
 * Libraries that the first tree does not need at once. Each is a file of its own beside the extension, read by the
 * first `import()` of it: V8 pays for every byte of a file that it loads, used or not.
 */
const lazy = ['node-fetch', 'jsonc-parser'];

/** @type {import('esbuild').Plugin} */
const lazyLibraries = {
  name: 'lazy-libraries',
  setup({ onResolve }) {
    onResolve({ filter: new RegExp(`^(${lazy.join('|')})$`) }, ({ kind, path }) =>
      kind === 'dynamic-import' ? { path: `./${path}.js`, external: true } : undefined,
    );
  },
};

/** @type {import('esbuild').BuildOptions} */
const shipped = {
  ...common,
  plugins: [plainVscode, lazyLibraries],
  // As `require`: VS Code gives its own `http` and `https`, which know the user's proxy, to what is required.
  supported: { 'dynamic-import': false },
  // fetch-blob asks for this polyfill only where Node has no web streams of its own: VS Code always has.
  external: ['vscode', 'web-streams-polyfill'],
  entryPoints: {
    extension: 'src/extension.ts',
    sample: 'src/sample/main.ts',
    ...Object.fromEntries(lazy.map((name) => [name, name])),
  },
  outdir: 'dist',
};

/** @type {import('esbuild').BuildOptions} */
const tests = {
  ...common,
  minify: false,
  external: [...shipped.external, 'mocha', 'playwright-core', '@sparticuz/chromium', '@vscode/*', 'esbuild'],
  entryPoints: [
    'test/**/*.test.ts',
    'test/run/*.ts',
    'test/bench/bench.ts',
    'test/bench/activationSuite.ts',
    'test/host/index.ts',
  ],
  outbase: 'test',
  outdir: 'out',
};

async function main() {
  const builds = process.argv.includes('--tests') ? [shipped, tests] : [shipped];
  if (process.argv.includes('--watch')) {
    for (const options of builds) await (await context({ ...options, logLevel: 'info' })).watch();
    return;
  }
  for (const { outdir } of builds) rmSync(outdir, { recursive: true, force: true });
  await Promise.all(builds.map((options) => build(options)));
}

main().catch(() => {
  process.exitCode = 1;
});
