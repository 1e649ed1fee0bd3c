import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { accountPath, childPath, type ResourcePath } from '../../../../src/core/services/contract/path';
import { findLink, linkQuery, parseLink, targetPath } from '../../../../src/features/links/link';

const [mine, theirs] = [accountPath('mine'), accountPath('theirs')];
const dataset = (account: ResourcePath): ResourcePath =>
  childPath(childPath(account, 'connection', 'dg_1'), 'dataset', '5f24');

describe('A link to a resource', () => {
  it('names the service and the IDs down to it, and leads to it in any account', () => {
    const query = linkQuery('cja', dataset(mine)) ?? assert.fail();
    assert.equal(query, 'service=cja&connection=dg_1&dataset=5f24');
    const target = parseLink(query);
    assert.ok(typeof target === 'object');
    assert.deepEqual([target.service.id, target.kind, target.id], ['cja', 'dataset', '5f24']);
    assert.equal(targetPath(theirs, target), dataset(theirs));
  });

  it('leads through groups, and to the same from IDs of any characters, decoded or not on its way', () => {
    const id = fc
      .string({ unit: 'binary', minLength: 1, maxLength: 20 })
      .filter((text) => text.isWellFormed() && !/^\.{1,2}$/.test(text) && !/[\p{Cc}\p{Cf}]/u.test(text));
    fc.assert(
      fc.property(id, id, (one, two) => {
        const group = childPath(childPath(mine, 'connection', one), 'group', 'dataViews');
        const path = childPath(group, 'dataView', two);
        const query = linkQuery('immuta', path) ?? assert.fail();
        assert.match(query, /^[\w.~&=-]+$/);
        for (const arrived of [
          query,
          decodeURIComponent(query),
          encodeURI(query),
          encodeURIComponent(query),
        ]) {
          const target = parseLink(arrived);
          assert.ok(typeof target === 'object', arrived);
          assert.equal(targetPath(mine, target), path);
        }
      }),
    );
  });

  it('leads through several groups, to an ID with a slash', () => {
    const views = childPath(childPath(mine, 'connection', 'dg_1'), 'group', 'dataViews');
    const dimensions = childPath(childPath(views, 'dataView', 'dv_1'), 'group', 'dimensions');
    const path = childPath(dimensions, 'dimension', 'variables/page');
    const target = parseLink(linkQuery('cja', path) ?? assert.fail());
    assert.ok(typeof target === 'object');
    assert.deepEqual([target.kind, target.id], ['dimension', 'variables/page']);
    assert.equal(targetPath(mine, target), path);
  });

  it('is not made to what cannot be part of one', () => {
    for (const id of ['..', '.', '', 'a\u0000b', 'a\u202Eb', '\uD800', 'x'.repeat(501), '€'.repeat(400)])
      assert.equal(linkQuery('cja', childPath(mine, 'connection', id)), undefined, JSON.stringify(id));
    assert.equal(linkQuery('cja', mine), undefined, 'an account');
    assert.equal(linkQuery('other', dataset(mine)), undefined);
    assert.equal(linkQuery('cja', childPath(mine, 'group', 'dataViews')), undefined);
  });

  it('is refused with the reason where it is hostile or broken', () => {
    const deep = Array.from({ length: 17 }, () => 'dataObject=1').join('&');
    for (const [query, flaw] of [
      ['', 'malformed'],
      ['service=cja', 'malformed'],
      ['connection=dg_1', 'malformed'],
      ['connection=dg_1&service=cja', 'malformed'],
      ['service=cja&connection=', 'malformed'],
      ['service=cja&connection', 'malformed'],
      ['service=cja&connection=..', 'malformed'],
      ['service=cja&connection=~2E~2E', 'malformed'],
      ['service=cja&connection=%2E%2E&dataset=1', 'malformed'],
      ['service=cja&connection=a/b', 'malformed'],
      ['service=cja&connection=a%2Fb', 'malformed'],
      ['service=cja&connection=~0A', 'malformed'],
      ['service=cja&connection=~E2~80~AE', 'malformed'],
      ['service=cja&connection=~FF', 'malformed'],
      ['service=cja&connection=%E0%A4%A', 'malformed'],
      ['service=cja&connection=dg_1&account=a1', 'malformed'],
      ['service=cja&connection=dg_1&problem=p', 'malformed'],
      ['service=cja&connection=dg_1&constructor=p', 'malformed'],
      ['service=cja&connection=dg_1&group=dataViews', 'malformed'],
      ['service=cja&connection=dg_1&endpoint=https:~2F~2Fevil.example', 'malformed'],
      ['service=cja&connection=dg_1&service=immuta', 'malformed'],
      [`service=immuta&${deep}`, 'malformed'],
      ['service=constructor&connection=1', 'unknownService'],
      ['service=&connection=1', 'unknownService'],
      [`service=cja&connection=${'x'.repeat(2000)}`, 'tooLong'],
    ] as const)
      assert.equal(parseLink(query), flaw, query);
  });

  it('may carry what VS Code adds', () => {
    assert.equal(typeof parseLink('windowId=_blank&service=cja&connection=dg_1'), 'object');
  });

  it('is never an exception, whatever comes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        for (const query of [text, `service=cja&connection=${text}`, `service=${text}`]) parseLink(query);
      }),
    );
  });
});

describe('A text with a link', () => {
  const id = 'connections-explorer.connections-explorer';

  it('is searched for it, whatever editor made it and whatever is around it', () => {
    for (const [text, query] of [
      [`vscode://${id}/open?service=cja&connection=dg_1`, 'service=cja&connection=dg_1'],
      [` vscode-insiders://${id}/open?service=cja&connection=dg_1\n`, 'service=cja&connection=dg_1'],
      [`see [it](code-oss://${id}/open?service=cja&connection=a~20b) please`, 'service=cja&connection=a~20b'],
      [`<VSCODE://${id.toUpperCase()}/open?a=b>`, 'a=b'],
      [`https://vscode.dev/redirect?url=vscode://${id}/open?a=b`, 'a=b'],
      [`vscode://${id}/consent?state=x`, undefined],
      ['vscode://other.extension/open?a=b', undefined],
      ['', undefined],
    ] as const)
      assert.equal(findLink(text, id), query, text);
  });
});
