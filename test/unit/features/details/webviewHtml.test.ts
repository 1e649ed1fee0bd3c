import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { webviewHtml } from '../../../../src/features/details/webviewHtml';

const parts = {
  script: 'https://w/page.js?a&b',
  style: 'https://w/style.css',
  codicons: 'https://w/codicon.css',
  source: "'self' https://*.example",
  nonce: 'n0nce+/=',
  language: 'de',
};

describe('the HTML of the webview', () => {
  const policy = /Content-Security-Policy" content="([^"]*)"/.exec(webviewHtml(parts))?.[1] ?? '';

  it('allows only our own script, styles and font', () => {
    assert.equal(
      policy,
      "default-src 'none'; script-src 'nonce-n0nce+/='; style-src 'self' https://*.example 'nonce-n0nce+/='; font-src 'self' https://*.example; base-uri 'none'; form-action 'none'",
    );
  });

  it('allows no other base URL, no form, no frame and no request', () => {
    const directives = new Map(
      policy.split('; ').map((directive) => {
        const [name = '', ...sources] = directive.split(' ');
        return [name, sources.join(' ')] as const;
      }),
    );
    for (const name of ['default-src', 'base-uri', 'form-action'])
      assert.equal(directives.get(name), "'none'", name);
    // All others that follow `default-src` do so.
    const named = [...directives.keys()].filter((name) => name.endsWith('-src'));
    assert.deepEqual(named, ['default-src', 'script-src', 'style-src', 'font-src']);
  });

  it('has no inline code and no style of its own', () => {
    const text = webviewHtml(parts);
    assert.doesNotMatch(text, /unsafe-|<style|style=|\son\w+=|javascript:/i);
    assert.match(text, /<script [^>]*src="[^"]*"[^>]*><\/script>/);
    assert.equal(text.match(/<script/g)?.length, 1);
    assert.match(text, /<html lang="de">/);
  });

  it('escapes inserted values', () => {
    const text = webviewHtml({ ...parts, language: '"><script>', style: 'https://w/"<x>' });
    assert.equal(text.match(/<script/g)?.length, 1);
    assert.ok(text.includes('&quot;&lt;x>'));
  });
});
