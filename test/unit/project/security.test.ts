import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { root } from '../../scripts/lib/paths';

const read = (name: string): string => readFileSync(join(root, name), 'utf8');

/** The text below a heading of SECURITY.md, up to the next one of that level. */
function section(heading: string): string {
  const [, rest = ''] = read('SECURITY.md').split(`\n## ${heading}\n`);
  return rest.split('\n## ')[0] ?? '';
}

const promises = section('What is promised')
  .split('\n')
  .filter((line) => line.startsWith('- '));

/** A link to a test: its file, and its name as the title of the link. */
const TEST_LINK = /\[test\]\((?<file>test\/[\w./-]+) (?<quote>["'])(?<name>.+?)\k<quote>\)/g;

describe('Each promise of SECURITY.md', () => {
  it('names a test that verifies it', () => {
    assert.ok(promises.length > 25, `${promises.length} promises were found`);
    const without = promises.filter((promise) => [...promise.matchAll(TEST_LINK)].length === 0);
    assert.deepEqual(without, []);
  });

  it('names tests that exist, by file and name', () => {
    const links = promises.flatMap((promise) => [...promise.matchAll(TEST_LINK)]);
    const missing = links.flatMap(({ groups: { file = '', name = '' } = {} }) =>
      read(file).includes(name) ? [] : [`${file}: ${name}`],
    );
    assert.deepEqual(missing, []);
  });
});

describe('The extension', () => {
  it('has one module that sends requests, so that there is no telemetry', () => {
    const sends =
      /(?:from|import\() ?'(?:node:)?(?:http|https|http2|net|tls|dgram|dns|node-fetch)'|createTelemetryLogger|sendBeacon|WebSocket/;
    const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
      .map((name) => name.replaceAll('\\', '/'))
      .filter((name) => name.endsWith('.ts') && !name.startsWith('sample/'));
    assert.ok(files.length > 100);
    const senders = files.filter((name) => sends.test(read(`src/${name}`)));
    // The first recognises connections, and opens none. The last listens.
    assert.deepEqual(senders.toSorted(), [
      'core/http/connectTimeout.ts',
      'core/http/fetchFunction.ts',
      'features/tools/mcpServer.ts',
    ]);
    assert.match(
      read('src/features/tools/mcpServer.ts'),
      /^import \{ createServer(, type \w+)* \} from 'node:http';\nimport type /m,
    );
  });
});
