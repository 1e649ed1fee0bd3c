import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { LanguageFeatures } from '../../src/features/editor/languageFeatures';
import { Emitter } from '../../src/core/base/emitter';
import type { Account } from '../../src/core/services/contract/signIn';
import { Store } from '../../src/core/store/store';
import { until } from './explorer';

/** Active registrations in VS Code, by the name of the call. */
function counting(): { readonly active: ReadonlyMap<string, number>; readonly restore: () => void } {
  const active = new Map<string, number>();
  const restorers = (['languages', 'workspace'] as const).flatMap((space) => {
    const api = vscode[space] as unknown as Record<string, unknown>;
    return Object.keys(api).flatMap((name) => {
      if (!/^(register\w+Provider|onDidChangeTextDocument)$/.test(name)) return [];
      const original = api[name];
      if (typeof original !== 'function') return [];
      const add = (by: number): void => void active.set(name, (active.get(name) ?? 0) + by);
      Object.defineProperty(api, name, {
        configurable: true,
        value: (...given: unknown[]) => {
          const registration = original.apply(api, given) as vscode.Disposable;
          add(1);
          return new vscode.Disposable(() => {
            add(-1);
            registration.dispose();
          });
        },
      });
      return () => Object.defineProperty(api, name, { configurable: true, value: original });
    });
  });
  return {
    active,
    restore: () => {
      for (const restore of restorers) restore();
    },
  };
}

describe('editor features', () => {
  it('are registered with the first account, and disposed with the last', async () => {
    let accounts: readonly Account[] = [];
    const changes = new Emitter<readonly string[]>();
    const store = new Store(
      { list: () => accounts, session: () => Promise.reject(new Error('none')), onDidChange: changes.event },
      () => 100,
    );
    const { active, restore } = counting();
    const sum = (): number => [...active.values()].reduce((all, count) => all + count, 0);
    try {
      const features = new LanguageFeatures(store);
      assert.equal(sum(), 0);
      const account: Account = {
        ...{ id: 'a', service: 'cja', name: 'A', production: false, sample: false },
        settings: {},
      };
      for (let round = 0; round < 2; round++) {
        accounts = [account];
        changes.fire(['a']);
        changes.fire(['a']);
        await until(() => active.get('registerCompletionItemProvider') === 1, 'completion is registered');
        assert.equal(active.get('registerHoverProvider'), 2);
        assert.equal(active.get('onDidChangeTextDocument'), 1);
        accounts = [];
        changes.fire(['a']);
        assert.equal(sum(), 0);
      }
      accounts = [account];
      changes.fire(['a']);
      features.dispose();
      await vscode.languages.getLanguages();
      assert.equal(sum(), 0);
    } finally {
      restore();
      store.dispose();
    }
  });
});
