import { editor } from '../../../support/vscode/vscode';
import assert from 'node:assert/strict';
import { mock } from 'node:test';
import * as v from 'valibot';
import type { ResourcePath } from '../../../../src/core/services/contract/path';
import type { DetailViews } from '../../../../src/core/services/contract/detailViews';
import type { Session } from '../../../../src/core/services/contract/service';
import type { Action } from '../../../../src/core/services/contract/action';
import type { Resource } from '../../../../src/core/services/contract/resource';
import { OpenPanels } from '../../../../src/features/details/openPanels';
import type { PanelContext } from '../../../../src/features/details/context';
import { ToWebview, type FromWebview } from '../../../../src/shared/protocol';
import { settle } from '../../../support/fakes/store';
import { openStorage } from '../../../support/fakes/storage';
import { Served } from '../../../support/served';
import { Uri } from '../../../support/vscode/values';
import type { WebviewPanel } from '../../../support/vscode/views';

type Message<T extends ToWebview['type']> = Extract<ToWebview, { readonly type: T }>;
type Request = FromWebview extends infer M
  ? M extends { readonly path: string }
    ? Omit<M, 'path'>
    : never
  : never;

/** The webview of a panel: reads the messages that it gets, and sends those of a person. */
export class Page {
  readonly panel: WebviewPanel;

  constructor(panel: WebviewPanel) {
    this.panel = panel;
  }

  /** All that was sent, checked as the page checks it. */
  get messages(): readonly ToWebview[] {
    return this.panel.page.posted.map((message) => v.parse(ToWebview, message));
  }

  get types(): readonly ToWebview['type'][] {
    return this.messages.map(({ type }) => type);
  }

  /** The last message of a type. */
  last<T extends ToWebview['type']>(type: T): Message<T> {
    const found = this.messages.findLast((message) => message.type === type);
    return (found as Message<T> | undefined) ?? assert.fail(`no ${type}`);
  }

  /** The page has loaded. @returns when everything known is sent. */
  async ready(): Promise<void> {
    this.panel.page.received.fire({ type: 'ready' });
    await rest();
  }

  /** A message about a resource. */
  async request(path: ResourcePath, request: Request): Promise<void> {
    await this.send({ ...request, path });
  }

  async send(message: unknown): Promise<void> {
    this.panel.page.received.fire(message);
    await rest();
  }

  forget(): void {
    this.panel.page.posted.length = 0;
  }
}

/** Lets pending work continue, and debounced messages be sent. */
export async function rest(): Promise<void> {
  for (let turn = 0; turn < 24; turn++) {
    if (turn === 12) mock.timers.tick(50);
    await settle();
  }
}

/** Panels of the accounts of a test, and what they have others do. Time passes when the test says so. */
export class PanelWindow implements Disposable {
  readonly served: Served;
  readonly context: PanelContext;
  readonly panels: OpenPanels;
  /** Rows that the tree was to show. */
  readonly revealed: ResourcePath[] = [];
  /** Actions that were started. */
  readonly begun: (readonly [Resource, Action])[] = [];
  changes = 0;

  constructor(parts: Partial<Session> = {}, accounts: readonly string[] = ['a']) {
    editor.reset();
    mock.timers.enable({ apis: ['setTimeout', 'Date'] });
    this.served = new Served(parts, accounts);
    const runner = {
      start: (resource: Resource, action: Action): Promise<void> => {
        this.begun.push([resource, action]);
        return Promise.resolve();
      },
    };
    this.context = {
      store: this.served.store,
      view: {
        reveal: (path) => {
          this.revealed.push(path);
          return Promise.resolve();
        },
      },
      actions: { load: () => Promise.resolve({ runner } as never) },
      storage: openStorage(),
      extension: Uri.file('/extension') as never,
    };
    this.panels = new OpenPanels(this.context, () => this.changes++);
  }

  [Symbol.dispose](): void {
    this.panels.dispose();
    this.served.store.dispose();
    mock.timers.reset();
  }

  /** The panel that was made last. */
  get panel(): WebviewPanel {
    return editor.panels.at(-1) ?? assert.fail('no panel');
  }

  /** Opens the details of a resource in a panel that stays. */
  async open(path: ResourcePath): Promise<Page> {
    this.panels.open(path, { preview: false });
    const page = new Page(this.panel);
    await page.ready();
    return page;
  }
}

/** Detail views with the parts of a test. */
export function createDetailViews(parts: Partial<DetailViews>): DetailViews {
  return {
    tables: () => [],
    timeline: () => undefined,
    structureInputs: () => [],
    structure: () => ({ nodes: [], edges: [] }),
    ...parts,
  };
}
