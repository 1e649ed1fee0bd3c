import '../../../src/webview/components/definitions';
import { overviewTab } from '../../../src/webview/tabs/overview/overviewTab';
import { structureTab } from '../../../src/webview/tabs/structure/structureTab';
import { timelineTab } from '../../../src/webview/tabs/timeline/timelineTab';
import type { TabActions } from '../../../src/webview/components/tabs';

/** A tab by itself on a page, for tests: it receives models, and records its requests and what the policy refuses. */
const tabs = { overview: overviewTab, timeline: timelineTab, structure: structureTab } as const;

const requested: (readonly string[])[] = [];
const violations: string[] = [];
document.addEventListener('securitypolicyviolation', ({ violatedDirective, sourceFile, sample }) => {
  violations.push([violatedDirective, sourceFile, sample].join(' '));
});

const note =
  (name: string) =>
  (...values: readonly string[]): void => {
    requested.push([name, ...values]);
  };
const actions: TabActions = {
  open: note('open'),
  reveal: note('reveal'),
  copy: note('copy'),
  load: note('load'),
  editAccount: note('editAccount'),
  chooseCount: (count) => {
    requested.push(['chooseCount', ...(count === undefined ? [] : [count])]);
  },
  loadLevel: note('loadLevel'),
  loadLog: (log, again) => {
    requested.push(['loadLog', log, String(again)]);
  },
  markAsSeen: note('markAsSeen'),
  explain: note('explain'),
  cancel: note('cancel'),
};

const main = document.createElement('main');
const title = document.createElement('h1');
title.textContent = 'Fixture';
const panel = document.createElement('section');
panel.className = 'panel';
main.append(title, panel);
document.body.append(main);

Object.assign(window, {
  requested,
  violations,
  /** Shows a tab with nothing in it yet, and gives what takes its models. */
  show(name: keyof typeof tabs): void {
    const tab = tabs[name](actions);
    panel.replaceChildren(tab.element);
    Object.assign(window, { tab });
  },
});
