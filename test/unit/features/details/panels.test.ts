import { editor } from '../../../support/vscode/vscode';
import assert from 'node:assert/strict';
import { describe, it, mock } from 'node:test';
import { Panels } from '../../../../src/features/details/panels';
import { accountPath } from '../../../../src/core/services/contract/path';
import { account, resource } from '../../../support/fakes/store';
import { TabInputText, Uri } from '../../../support/vscode/values';
import { WebviewPanel } from '../../../support/vscode/views';
import { Page, PanelWindow, rest } from './panelWindow';

const web = resource(account, 'connection', 'c', 'Web');
const app = resource(account, 'connection', 'd', 'App');
const gone = resource(accountPath('gone'), 'connection', 'x');
const look = { preview: true };
const stay = { preview: false };

function open(accounts?: readonly string[]): PanelWindow {
  const window = new PanelWindow({}, accounts);
  window.served.lists.set(account, [web, app]);
  return window;
}

describe('A panel that opens while a text editor is active', () => {
  const code = { input: new TabInputText(Uri.parse('file:///code.py')) };

  it('is beside it, with the other panels, and leaves the code in sight', () => {
    using window = open();
    editor.tabs = [code];
    window.panels.open(web.path, look);
    assert.deepEqual(window.panel.showOptions, { viewColumn: -2, preserveFocus: true });
    window.panel.viewColumn = 2;
    window.panels.open(app.path, stay);
    assert.deepEqual(editor.panels[1]?.showOptions, { viewColumn: 2, preserveFocus: false });
  });

  it('is in its group if the setting says so, or if something else is in front', () => {
    using window = open();
    editor.tabs = [code, { input: undefined }];
    window.panels.open(web.path, stay);
    editor.tabs = [code];
    editor.set('connectionsExplorer.detailsPosition', 'active');
    window.panels.open(app.path, stay);
    assert.deepEqual(
      editor.panels.map(({ viewColumn }) => viewColumn),
      [-1, -1],
    );
  });

  it('moves beside it if it is behind it, and stays if it is visible', () => {
    using window = open();
    window.panels.open(web.path, look);
    window.panel.viewColumn = 1;
    editor.tabs = [code];
    mock.timers.tick(1000);
    window.panels.open(app.path, look);
    assert.equal(window.panel.viewColumn, 1);
    window.panel.show(false);
    mock.timers.tick(1000);
    window.panels.open(web.path, look);
    assert.equal(window.panel.viewColumn, -2);
  });
});

describe('Previewing one resource after the other', () => {
  it('happens in one panel, which does not take the focus', () => {
    using window = open();
    window.panels.open(web.path, look);
    mock.timers.tick(1000);
    window.panels.open(app.path, look);
    assert.deepEqual([editor.panels.length, window.panels.list()], [1, [app.path]]);
    assert.deepEqual(window.panel.showOptions, { viewColumn: -1, preserveFocus: true });
    assert.deepEqual(window.panel.reveals, [true]);
  });

  it('keeps the panel open if it happens twice at once, like a double click', () => {
    using window = open();
    window.panels.open(web.path, look);
    mock.timers.tick(399);
    window.panels.open(web.path, look);
    mock.timers.tick(1000);
    window.panels.open(app.path, look);
    assert.deepEqual(window.panels.list(), [web.path, app.path]);
    mock.timers.tick(1000);
    window.panels.open(app.path, look);
    mock.timers.tick(400);
    window.panels.open(app.path, look);
    mock.timers.tick(1000);
    window.panels.open(web.path, look);
    assert.deepEqual(window.panels.list(), [web.path, app.path], 'that was two clicks');
    const other = resource(account, 'connection', 'e');
    window.panels.open(other.path, look);
    assert.deepEqual(window.panels.list(), [web.path, other.path], 'and one click each is no double click');
  });

  it('shows a resource with a panel in that one, and one to be kept open in its own', () => {
    using window = open();
    window.panels.open(web.path, stay);
    assert.deepEqual(window.panel.showOptions, { viewColumn: -1, preserveFocus: false });
    assert.deepEqual(window.panel.reveals, [], 'a new one is in front');
    window.panels.open(app.path, look);
    const [first] = editor.panels;
    window.panels.open(web.path, look);
    assert.deepEqual([editor.panels.length, first?.reveals], [2, [true]]);
    window.panels.open(web.path, { ...look, focus: true });
    window.panels.open(web.path, { ...stay, focus: false });
    window.panels.open(web.path, stay);
    assert.deepEqual(first?.reveals, [true, false, true, false]);
    window.panels.open(app.path, stay);
    mock.timers.tick(1000);
    window.panels.open(resource(account, 'connection', 'e').path, look);
    assert.equal(window.panels.list().length, 3, 'it stays from then on');
  });

  it('keeps the panel open if it is requested again while it is visible', () => {
    using window = open();
    const asked = { preview: true, focus: true };
    window.panels.open(web.path, asked);
    mock.timers.tick(1000);
    window.panel.show(false);
    window.panels.open(web.path, asked);
    mock.timers.tick(1000);
    window.panels.open(app.path, asked);
    assert.deepEqual(window.panels.list(), [app.path], 'a hidden one is shown, and not kept');
    window.panel.show(true);
    mock.timers.tick(1000);
    window.panels.open(app.path, asked);
    mock.timers.tick(1000);
    window.panels.open(web.path, asked);
    assert.deepEqual(window.panels.list(), [app.path, web.path]);
  });

  it('notifies listeners of what is visible', () => {
    using window = open();
    window.panels.open(web.path, stay);
    assert.ok(window.changes > 0);
    window.panels.open(app.path, stay);
    assert.deepEqual(window.panels.visible, [web.path, app.path]);
    const before = window.changes;
    window.panel.show(false);
    assert.deepEqual([window.panels.visible, window.changes], [[web.path], before + 1]);
    window.panel.dispose();
    assert.deepEqual([window.panels.list(), window.changes], [[web.path], before + 2]);
    window.panels.dispose();
    assert.ok(editor.panels.every(({ isDisposed }) => isDisposed));
  });

  it('is refused for an account that does not exist', () => {
    using window = open();
    assert.throws(
      () => {
        window.panels.open(gone.path, look);
      },
      { kind: 'notFound', message: /account no longer exists/ },
    );
    assert.equal(editor.panels.length, 0);
  });
});

describe('A panel after a reload', () => {
  const restored = (window: PanelWindow, state: unknown, title = ''): WebviewPanel => {
    const panel = new WebviewPanel(title, {});
    window.panels.restore(panel as never, state);
    return panel;
  };

  it('shows the same resource again, with its last known name', async () => {
    using window = open();
    const panel = restored(window, { path: web.path, title: 'Web before', kept: true }, 'Tab');
    assert.deepEqual([window.panels.list(), panel.title, window.changes], [[web.path], 'Web before', 1]);
    const early = restored(window, { path: app.path }, 'Of 0.1.0');
    assert.equal(early.title, 'Of 0.1.0');
    await new Page(panel).ready();
    assert.equal(panel.title, 'Web');
  });

  it('is kept open as before, or a preview unless there already is one', () => {
    const isReused = (...states: readonly object[]): boolean => {
      using window = open();
      for (const state of states) restored(window, state);
      window.panels.open(resource(account, 'connection', 'e').path, look);
      return window.panels.list().length === states.length;
    };
    assert.equal(isReused({ path: web.path, kept: false }), true);
    assert.equal(isReused({ path: web.path, kept: true }), false);
    assert.equal(isReused({ path: web.path }), false, 'a state of an earlier version');
    using window = open();
    for (const { path } of [web, app]) restored(window, { path, kept: false });
    window.panels.open(resource(account, 'connection', 'e').path, look);
    mock.timers.tick(1000);
    window.panels.open(resource(account, 'connection', 'f').path, look);
    assert.equal(window.panels.list().length, 2);
    assert.ok(window.panels.list().includes(app.path));
  });

  it('is closed if its state is unusable, its resource has a panel, or its account is gone, which is reported', () => {
    using window = open();
    const states = [undefined, 7, {}, { path: 'no path' }, { path: web.path, kept: 'yes' }];
    for (const state of states) assert.ok(restored(window, state).isDisposed, JSON.stringify(state));
    restored(window, { path: web.path });
    assert.ok(restored(window, { path: web.path }).isDisposed);
    assert.deepEqual(editor.inputs.texts, []);
    assert.ok(restored(window, { path: gone.path }).isDisposed);
    assert.deepEqual(editor.inputs.texts, ['Details were closed because their account no longer exists.']);
    assert.deepEqual(window.panels.list(), [web.path]);
  });
});

describe('The panels of a window', () => {
  it('exist from the first one on, and fire when others become visible', async () => {
    using window = open();
    const panels = new Panels(window.context);
    assert.deepEqual([panels.list(), panels.visible], [[], []]);
    let fired = 0;
    panels.onDidChangeVisible(() => fired++);
    await panels.open(web.path, look);
    assert.deepEqual([panels.list(), panels.visible, fired], [[web.path], [web.path], 1]);
    const before = new WebviewPanel('App', {});
    await panels.deserializeWebviewPanel(before as never, { path: app.path });
    assert.deepEqual([panels.list(), fired], [[web.path, app.path], 2]);
    panels.dispose();
    await rest();
    assert.ok(before.isDisposed && editor.panels.every(({ isDisposed }) => isDisposed));
    const after = fired;
    before.changedViewState.fire(undefined);
    assert.equal(fired, after);
  });
});
