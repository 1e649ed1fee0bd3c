import assert from 'node:assert/strict';
import { Emitter } from '../../../../src/core/base/emitter';
import type { ResourcePath } from '../../../../src/core/services/contract/path';
import type { Resource } from '../../../../src/core/services/contract/resource';
import type { ResourceKind } from '../../../../src/shared/kinds';
import type { SampleOptions } from '../../../../src/sample/common/options';
import type { SampleServiceId } from '../../../../src/sample/server';
import { TabModels } from '../../../../src/features/details/tabModels';
import { startService, type StartedService } from '../../../support/service';

/** A service, and the models of the tabs of its resources. */
export interface StartedTabs extends StartedService {
  readonly tabs: TabModels;
  /** The first resource of a kind below a path, which is loaded for it. */
  first(parent: ResourcePath, kind: ResourceKind, label?: string): Promise<Resource>;
  /** Repeats a request whenever the store or a load fires, until it succeeds. */
  until<T>(ask: () => T | undefined): Promise<T>;
}

export async function startTabs(id: SampleServiceId, options: SampleOptions = {}): Promise<StartedTabs> {
  const started = await startService(id, options);
  const { store } = started;
  const changes = new Emitter<undefined>();
  store.onDidChange(() => {
    changes.fire(undefined);
  });
  const tabs = new TabModels(store, () => {
    changes.fire(undefined);
  });
  return {
    ...started,
    tabs,
    first: async (parent, kind, label) => {
      const rows = await store.load(parent);
      return (
        rows.find((row) => row.kind === kind && (label === undefined || row.label === label)) ??
        assert.fail(`a ${kind} below ${parent}`)
      );
    },
    until: (ask) => untilThere(changes, ask),
    [Symbol.asyncDispose]: async () => {
      tabs.dispose();
      await started[Symbol.asyncDispose]();
    },
  };
}

function untilThere<T>(changes: Emitter<undefined>, ask: () => T | undefined): Promise<T> {
  const found = ask();
  if (found !== undefined) return Promise.resolve(found);
  return new Promise((resolve) => {
    const registration = changes.event(() => {
      const value = ask();
      if (value === undefined) return;
      registration.dispose();
      resolve(value);
    });
  });
}
