import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { problemText } from '../../../../../src/core/services/common/problem';

describe('problemText', () => {
  it('makes sentences of what is known, whether the service ended its own or not', () => {
    const problem = {
      title: 'It failed.',
      detail: 'invalid client_id parameter (HTTP 400)',
      retryable: true,
    };
    assert.equal(problemText(problem), 'It failed. invalid client_id parameter (HTTP 400).');
    assert.equal(problemText({ ...problem, detail: '', advice: 'Wait' }), 'It failed. Wait.');
  });
});
