/** Runs the tests that need no editor: everything below out/ but host/, ui/ and run/. */
import { readdirSync } from 'node:fs';
import { join, sep } from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';

const elsewhere = ['host', 'ui', 'run', 'bench'];
const out = join(__dirname, '..');
const files = readdirSync(out, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.test.js') && !elsewhere.includes(name.split(sep)[0] ?? ''))
  .map((name) => join(out, name));

let passed = 0;
let failed = 0;
run({ files, concurrency: true })
  .on('test:pass', (event) => (passed += event.details.type === 'suite' ? 0 : 1))
  .on('test:fail', (event) => {
    failed += event.details.type === 'suite' ? 0 : 1;
    process.exitCode = 1;
  })
  .once('close', () => {
    console.log(`unit: ${passed} passed, ${failed} failed`);
  })
  .compose(new spec())
  .pipe(process.stdout);
