import { editor } from './vscode/vscode';
import { setTimeout as wait } from 'node:timers/promises';
import type { ConnectionsExplorerApi } from '../../src/api';
import { activate } from '../../src/extension';
import { FakeStorage } from './fakes/accounts';
import { UNWRITABLE } from './fakes/storage';
import { Uri } from './vscode/values';

/** The extension as VS Code has activated it. */
export class Activated implements Disposable {
  readonly api: ConnectionsExplorerApi;
  readonly #subscriptions: { dispose(): unknown }[] = [];

  /** @param workspaceState what VS Code keeps for the workspace. */
  constructor(
    readonly storage = new FakeStorage(),
    workspaceState: () => unknown = () => new FakeStorage().memento(),
  ) {
    this.api = activate({
      subscriptions: this.#subscriptions,
      globalState: storage.memento(),
      get workspaceState() {
        return workspaceState();
      },
      secrets: storage.secretStorage(),
      globalStorageUri: Uri.file(UNWRITABLE),
      extension: { id: 'connections-explorer.connections-explorer' },
      extensionUri: Uri.file('/extension'),
      extensionMode: 1,
    } as never);
  }

  /** Whether the application runs, which has a log. */
  get runs(): boolean {
    return editor.logs.size > 0;
  }

  /** Lets time pass in which nobody does anything. */
  async rest(): Promise<boolean> {
    await wait(50);
    return this.runs;
  }

  [Symbol.dispose](): void {
    for (const subscription of this.#subscriptions.toReversed()) subscription.dispose();
    editor.reset();
  }
}
