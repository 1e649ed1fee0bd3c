import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join, posix } from 'node:path';
import { describe, it } from 'node:test';
import { repository } from '../../../../package.json';
import { root } from '../../../scripts/lib/paths';
import { anchors, documents, pages, read, withoutCode } from '../../../scripts/docs/markdown';

/** The targets of the links and pictures of a document. */
function targets(name: string): readonly string[] {
  return [...withoutCode(read(name)).matchAll(/\]\(([^)\s]+)/g)].map(([, target = '']) => target);
}

describe('The links of the documents', () => {
  it('lead to files and headings that exist', () => {
    const broken = documents().flatMap((name) =>
      targets(name).flatMap((target) => {
        if (URL.canParse(target)) return [];
        const [path = '', heading] = target.split('#');
        const file = path === '' ? name : posix.join(posix.dirname(name), path);
        const isThere =
          existsSync(join(root, file)) && (heading === undefined || anchors(read(file)).includes(heading));
        return isThere ? [] : [`${name}: ${target}`];
      }),
    );
    assert.deepEqual(broken, []);
  });

  it('lead from the index to every page', () => {
    for (const index of ['docs/README.md', 'docs/decisions/README.md']) {
      const folder = posix.dirname(index);
      const linked = new Set(targets(index).map((target) => posix.join(folder, target.split('#')[0] ?? '')));
      const missing = pages().filter(
        (page) =>
          page.startsWith(`${folder}/`) &&
          page !== index &&
          (folder.endsWith('decisions') || !page.startsWith('docs/decisions/')) &&
          !linked.has(page),
      );
      assert.deepEqual(missing, [], index);
    }
  });

  it('can be made absolute by the packager, so that they work on the Marketplace and in VS Code', () => {
    // What vsce reads: of other addresses it makes no links.
    assert.match(repository.url, /^https:\/\/github\.com\/[\w-]+\/[\w-]+\.git$/);
    for (const target of targets('README.md')) assert.doesNotMatch(target, /^http:|^\/|\.svg$/, target);
  });

  it('lead to the repository that package.json names', () => {
    const home = repository.url.replace(/\.git$/, '');
    for (const name of documents()) {
      for (const target of targets(name)) {
        if (target.includes('connections-explorer/connections-explorer'))
          assert.ok(target.startsWith(home), `${name}: ${target}`);
      }
    }
  });
});

describe('The documents', () => {
  it('name no path of a single computer', () => {
    for (const name of documents()) assert.doesNotMatch(read(name), /\/(?:home|Users|work)\//, name);
  });
});
