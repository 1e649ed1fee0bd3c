import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { validateEndpoint } from '../../../../../src/core/services/common/signInFields';

describe('the address of a service', () => {
  it('is https, or of this computer, and only an origin', () => {
    for (const address of ['https://api.example.com', 'http://127.0.0.1:2022', ' https://a.b:8443/ '])
      assert.equal(validateEndpoint(address), undefined, address);
    assert.match(
      validateEndpoint('https://a.b/api/v1') ?? '',
      /Remove everything after the host: https:\/\/a\.b$/,
    );
    assert.match(validateEndpoint('http://a.b') ?? '', /http:\/\/a\.b is not encrypted/);
  });

  it('without a scheme gets a message with the intended address', () => {
    const meant: Readonly<Record<string, string>> = {
      'localhost:2022': 'http://localhost:2022',
      '127.0.0.1:2022': 'http://127.0.0.1:2022',
      'api.example.com': 'https://api.example.com',
      'api.example.com:8443': 'https://api.example.com:8443',
      'ftp://api.example.com': 'https://api.example.com',
      'http//localhost:2022': 'http://localhost:2022',
      '[::1]:2022': 'http://[::1]:2022',
    };
    for (const [address, offered] of Object.entries(meant)) {
      const complaint = validateEndpoint(address) ?? '';
      assert.match(complaint, /must start with https:\/\//, address);
      assert.ok(complaint.endsWith(`Did you mean ${offered}?`), complaint);
      assert.doesNotMatch(complaint, /null/);
    }
  });

  it('that starts as it should is not said to start wrongly', () => {
    for (const address of ['https://a.example:99999', 'https://', 'https://a b'])
      assert.match(validateEndpoint(address) ?? '', /not a valid web address\. Check the host/, address);
    const complaint = validateEndpoint('https://user:hunter2@a.example') ?? '';
    assert.match(complaint, /user name or password\. Did you mean https:\/\/a\.example\?$/);
    assert.doesNotMatch(complaint, /hunter2/);
  });

  it('that makes no sense gets a message that says how to begin', () => {
    for (const address of ['', '///', 'javascript:alert(1)', 'two words'])
      assert.match(validateEndpoint(address) ?? '', /must start with https:\/\//, address);
  });
});
