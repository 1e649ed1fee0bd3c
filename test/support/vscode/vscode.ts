/**
 * An in-memory editor for unit tests of code that uses VS Code's API: it records calls, and performs the
 * user's actions on request. Importing this file registers it as the module `vscode`, so it must be imported
 * before everything else.
 */
import * as l10n from '@vscode/l10n';
import { Module } from 'node:module';
import { join } from 'node:path';
import { root } from '../../scripts/lib/paths';
import { Inputs } from './inputs';
import * as values from './values';
import { StatusBarItem, TreeView, WebviewPanel, type TreeOptions } from './views';

type Command = (...args: readonly unknown[]) => unknown;

/** One editor. `api` is what `import … from 'vscode'` returns. */
export class Editor {
  readonly inputs = new Inputs();
  /** Calls of commands without a handler, except `setContext`. */
  readonly executed: (readonly [id: string, ...args: readonly unknown[]])[] = [];
  readonly contexts = new Map<string, unknown>();
  /** The keys of all calls of `setContext`, in order. */
  readonly contextCalls: string[] = [];
  readonly commands = new Map<string, Command>();
  readonly treeViews: TreeView<never>[] = [];
  readonly panels: WebviewPanel[] = [];
  readonly statusBarItems: StatusBarItem[] = [];
  readonly serializers = new Map<string, unknown>();
  readonly fileSystems = new Map<string, unknown>();
  readonly contentProviders = new Map<string, unknown>();
  readonly mcpProviders = new Map<string, unknown>();
  readonly tools = new Map<string, unknown>();
  /** The handlers of the URIs of extensions. */
  readonly uriHandlers = new Map<string, unknown>();
  /** The names of the logs that are there. */
  readonly logs = new Set<string>();
  /** The user's settings, by their full keys. */
  readonly settings = new Map<string, unknown>();
  /** Those of the workspace, which take precedence. */
  readonly workspaceSettings = new Map<string, unknown>();
  /** Files by their URIs. */
  readonly files = new Map<
    string,
    { readonly type: number; readonly size: number; readonly bytes: Uint8Array }
  >();
  /** Whether no file may be written. */
  readOnly = false;
  readonly changedSettings = new values.EventEmitter<{ affectsConfiguration(section: string): boolean }>();
  readonly changedEditors = new values.EventEmitter<readonly unknown[]>();
  readonly openedDocument = new values.EventEmitter<unknown>();
  readonly closedDocument = new values.EventEmitter<unknown>();
  readonly changedTabs = new values.EventEmitter<{ readonly opened: readonly unknown[] }>();
  readonly activatedEditor = new values.EventEmitter<unknown>();
  readonly changedWindowState = new values.EventEmitter<unknown>();
  /** Whether the window has the focus. */
  focused = true;
  /** What the open dialog returns. */
  chosenFiles: readonly values.Uri[] | undefined;
  /** What the save dialog returns. */
  savedFile: values.Uri | undefined;
  clipboard = '';
  documents: readonly { readonly uri: values.Uri }[] = [];
  tabs: readonly { readonly input: unknown; readonly label?: string }[] = [];

  readonly api = this.#api();

  /** Clears everything that was shown and recorded. Registrations are kept. */
  reset(): void {
    this.inputs.reset();
    for (const list of [
      ...[this.executed, this.contextCalls, this.treeViews, this.panels, this.statusBarItems],
    ])
      list.length = 0;
    this.contexts.clear();
    this.settings.clear();
    this.workspaceSettings.clear();
    this.readOnly = false;
    this.tabs = [];
    this.documents = [];
    this.focused = true;
  }

  /** Changes a setting as a user does. */
  set(key: string, value: unknown): void {
    this.settings.set(key, value);
    const affectsConfiguration = (section: string): boolean =>
      key === section || key.startsWith(`${section}.`);
    this.changedSettings.fire({ affectsConfiguration });
  }

  #api(): object {
    const { inputs } = this;
    const isFocused = (): boolean => this.focused;
    return {
      ...values,
      ...values.enums,
      l10n: { t: l10n.t, bundle: undefined },
      env: {
        language: 'en',
        uriScheme: 'vscode',
        shell: '',
        clipboard: {
          readText: () => Promise.resolve(this.clipboard),
          writeText: (text: string) => {
            this.clipboard = text;
            return Promise.resolve();
          },
        },
      },
      lm: {
        registerMcpServerDefinitionProvider: (id: string, provider: unknown) =>
          register(this.mcpProviders, id, provider),
        registerTool: (name: string, tool: unknown) => register(this.tools, name, tool),
      },
      commands: {
        registerCommand: (id: string, command: Command) => {
          if (this.commands.has(id)) throw new Error(`command '${id}' already exists`);
          this.commands.set(id, command);
          return new values.Disposable(() => this.commands.delete(id));
        },
        executeCommand: (id: string, ...args: readonly unknown[]) => this.#execute(id, args),
      },
      window: {
        ...inputs.window,
        showOpenDialog: () => Promise.resolve(this.chosenFiles),
        showSaveDialog: () => Promise.resolve(this.savedFile),
        createTreeView: (_id: string, options: TreeOptions<never>) => {
          const view = new TreeView(options);
          this.treeViews.push(view);
          return view;
        },
        createWebviewPanel: (_type: string, title: string, showOptions: unknown) => {
          const panel = new WebviewPanel(title, showOptions);
          this.panels.push(panel);
          return panel;
        },
        createOutputChannel: (name: string) => {
          this.logs.add(name);
          const write = (): void => undefined;
          return { info: write, warn: write, error: write, dispose: () => this.logs.delete(name) };
        },
        registerTerminalLinkProvider: registration,
        registerUriHandler: (handler: unknown) => register(this.uriHandlers, '', handler),
        registerWebviewPanelSerializer: (type: string, serializer: unknown) =>
          register(this.serializers, type, serializer),
        createStatusBarItem: () => {
          const item = new StatusBarItem();
          this.statusBarItems.push(item);
          return item;
        },
        state: {
          get focused() {
            return isFocused();
          },
        },
        onDidChangeWindowState: this.changedWindowState.event,
        activeTextEditor: undefined,
        onDidChangeActiveTextEditor: this.activatedEditor.event,
        onDidChangeVisibleTextEditors: this.changedEditors.event,
        tabGroups: this.#tabGroups(),
      },
      workspace: this.#workspace(),
      // Only registered: tests call the providers themselves.
      languages: {
        getLanguages: () => Promise.resolve([]),
        registerCodeActionsProvider: registration,
        registerCompletionItemProvider: registration,
        registerDocumentDropEditProvider: registration,
        registerHoverProvider: registration,
        registerInlayHintsProvider: registration,
      },
    };
  }

  /** A single group, whose last tab is active. */
  #tabGroups(): object {
    const tabs = (): Editor['tabs'] => this.tabs;
    const group = {
      viewColumn: values.enums.ViewColumn.One,
      get tabs() {
        return tabs();
      },
      get activeTab() {
        return tabs().at(-1);
      },
    };
    return { all: [group], activeTabGroup: group, onDidChangeTabs: this.changedTabs.event };
  }

  #workspace(): object {
    const documents = (): unknown => this.documents;
    const find = (uri: values.Uri) => {
      const file = this.files.get(uri.toString());
      return file ? Promise.resolve(file) : Promise.reject(values.FileSystemError.FileNotFound(uri));
    };
    return {
      getConfiguration: (section: string) => ({
        get: (key: string) =>
          this.workspaceSettings.get(`${section}.${key}`) ?? this.settings.get(`${section}.${key}`),
        inspect: (key: string) => ({
          globalValue: this.settings.get(`${section}.${key}`),
          workspaceValue: this.workspaceSettings.get(`${section}.${key}`),
        }),
        update: (key: string, value: unknown, target: unknown) => {
          if (target !== values.enums.ConfigurationTarget.Global)
            throw new Error('Settings are written for the user.');
          this.set(`${section}.${key}`, value);
          return Promise.resolve();
        },
      }),
      onDidChangeConfiguration: this.changedSettings.event,
      onDidOpenTextDocument: this.openedDocument.event,
      onDidChangeTextDocument: registration,
      onWillSaveTextDocument: registration,
      onDidCloseTextDocument: this.closedDocument.event,
      registerTextDocumentContentProvider: (scheme: string, provider: unknown) =>
        register(this.contentProviders, scheme, provider),
      registerFileSystemProvider: (scheme: string, provider: unknown) =>
        register(this.fileSystems, scheme, provider),
      get textDocuments() {
        return documents();
      },
      fs: {
        stat: find,
        readFile: async (uri: values.Uri) => (await find(uri)).bytes,
        writeFile: (uri: values.Uri, bytes: Uint8Array) => {
          if (this.readOnly) return Promise.reject(values.FileSystemError.NoPermissions(uri));
          this.files.set(uri.toString(), { type: 1, size: bytes.length, bytes });
          return Promise.resolve();
        },
      },
    };
  }

  async #execute(id: string, args: readonly unknown[]): Promise<unknown> {
    if (id === 'setContext') {
      this.contextCalls.push(String(args[0]));
      this.contexts.set(String(args[0]), args[1]);
      return undefined;
    }
    const command = this.commands.get(id);
    if (command) return await command(...args);
    this.executed.push([id, ...args]);
    return undefined;
  }
}

function registration(): values.Disposable {
  return new values.Disposable(() => undefined);
}

function register(registered: Map<string, unknown>, key: string, value: unknown): values.Disposable {
  if (registered.has(key)) throw new Error(`${key} is registered already`);
  registered.set(key, value);
  return new values.Disposable(() => registered.delete(key));
}

export const editor = new Editor();

// The package.json of this folder makes `vscode` resolve to this file. The module is taken from the cache,
// never loaded.
module.paths.unshift(join(root, 'test', 'support'));
const path = require.resolve('vscode');
require.cache[path] = Object.assign(new Module(path), { exports: editor.api, loaded: true });
