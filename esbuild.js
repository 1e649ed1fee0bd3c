/**
 * Builds what the extension ships into dist/ and, with --tests, the programs below test/ into out/.
 *
 *   node esbuild.js [--production] [--watch] [--tests]
 */
const { build, context } = require('esbuild');
const { rmSync } = require('node:fs');

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

/** @type {import('esbuild').BuildOptions} */
const shipped = {
  ...common,
  // fetch-blob asks for this polyfill only where Node has no web streams of its own: VS Code always has.
  external: ['vscode', 'web-streams-polyfill'],
  entryPoints: { extension: 'src/extension.ts', sample: 'src/sample/main.ts' },
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
