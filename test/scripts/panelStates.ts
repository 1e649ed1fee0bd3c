/**
 * Takes pictures of the panel in states that a sample without failures does not show, for visual review:
 * out/screenshots/state-NAME-THEME.png.
 *
 *   node out/scripts/panelStates.js [STATE ...]    such as stale; default: all
 */
import type { Fault } from '../../src/sample/faults';
import { startSampleService, type SampleService } from '../../src/sample/server';
import { openWorkbench } from '../e2e/openWorkbench';
import { PanelPage } from '../e2e/panelPage';
import { addAccount } from '../e2e/accounts';
import type { RowQuery, Workbench } from '../e2e/workbench';
import { themeTitles } from '../e2e/themedPage';
import { program } from './lib/program';

const themes = { dark: themeTitles.dark, light: themeTitles.light } as const;
const many = 300;

const running: RowQuery = { name: /^Contact Centre – Grocery Japan/, level: 2 };
const immuta: RowQuery = { name: 'finance-prod-snowflake-3', level: 2 };

/** How to bring the panel into a state. */
interface Stage {
  readonly workbench: Workbench;
  readonly panel: PanelPage;
  readonly sample: SampleService;
  /** Makes requests fail until the picture is taken. */
  readonly spoil: (path: RegExp, fault: Omit<Fault, 'match'>) => void;
}

const failed = { status: 503, body: { message: 'Service unavailable' } } as const;
const never = { hang: true } as const;
const runs = /tasks\/[^/]+\/runs/;

const states: Readonly<Record<string, (stage: Stage) => Promise<void>>> = {
  'tables-loading': async (stage) => {
    stage.spoil(/dataviews/, never);
    await open(stage, running, 'Overview');
  },
  'tables-failed': async (stage) => {
    stage.spoil(/dataviews/, failed);
    await open(stage, running, 'Overview');
  },
  'json-loading': async (stage) => {
    stage.spoil(/connections\/dg_/, never);
    await open(stage, running, 'JSON');
  },
  'json-failed': async (stage) => {
    stage.spoil(/connections\/dg_/, failed);
    await open(stage, running, 'JSON');
  },
  stale: async (stage) => {
    await open(stage, running, 'Overview');
    stage.spoil(/data\/connections/, failed);
    await stage.panel.button('Refresh').click();
    await stage.panel.frame.getByText('May be outdated').first().waitFor();
  },
  'timeline-loading': async (stage) => {
    stage.spoil(runs, { delay: 60_000 });
    await open(stage, immuta, 'Timeline');
    await stage.panel.button('Cancel').waitFor();
  },
  'timeline-stopped': async (stage) => {
    stage.spoil(runs, { delay: 60_000 });
    await open(stage, immuta, 'Timeline');
    await stage.panel.button('Cancel').click();
    await stage.panel.frame.getByText('Loading was stopped').waitFor();
  },
  'timeline-partly-failed': async (stage) => {
    let first: string | undefined;
    const match: Fault['match'] = ({ path }) => {
      if (!runs.test(path)) return false;
      first ??= path;
      return path === first;
    };
    stage.sample.inject({ match, ...failed });
    await open(stage, immuta, 'Timeline');
    await stage.panel.button('Retry').waitFor();
  },
  gone: async (stage) => {
    await open(stage, running, 'Overview');
    const id = /dg_\S+/.exec(await stage.panel.frame.locator('.header code').innerText())?.[0] ?? '';
    stage.sample.cja.removeConnection(id);
    await stage.panel.button('Refresh').click();
    await stage.panel.frame.getByText('This resource no longer exists.').waitFor();
  },
  removed: async (stage) => {
    const { workbench } = stage;
    await open(stage, running, 'Overview');
    await workbench.runCommand('Connections: Remove Account');
    await workbench.choose('Retail');
    await workbench.answer('Remove');
    await workbench.notification(/its account was removed/);
  },
};

/** Tabs of connections with very much or no content, or in little space. */
const others: Readonly<Record<string, readonly [tab: string, options: Options]>> = {
  'many-overview': ['Overview', { datasets: many }],
  'many-timeline': ['Timeline', { datasets: many }],
  'many-structure': ['Structure', { datasets: many }],
  'empty-overview': ['Overview', { datasets: 0, dataViews: 0 }],
  'empty-timeline': ['Timeline', { datasets: 0 }],
  'empty-structure': ['Structure', { datasets: 0 }],
  'narrow-overview': ['Overview', { width: 660 }],
  'narrow-timeline': ['Timeline', { width: 660 }],
  'narrow-structure': ['Structure', { width: 660 }],
  'narrow-json': ['JSON', { width: 660 }],
};

interface Options {
  readonly datasets?: number;
  readonly dataViews?: number;
  /** Width of the window in pixels. */
  readonly width?: number;
}

program(async () => {
  const wanted = process.argv.slice(2);
  const isWanted = (name: string): boolean => wanted.length === 0 || wanted.includes(name);
  for (const [name, act] of Object.entries(states)) if (isWanted(name)) await picture(name, {}, act);
  for (const [name, [tab, options]] of Object.entries(others)) {
    const act = (stage: Stage): Promise<void> => open(stage, running, tab);
    if (isWanted(name)) await picture(name, options, act);
  }
  return 0;
}, 1_200_000);

/**
 * Opens a window with accounts of its own sample, brings the panel into the state, and takes its pictures.
 */
async function picture(
  name: string,
  { width = 1280, ...options }: Options,
  act: (stage: Stage) => Promise<void>,
): Promise<void> {
  const sample = await startSampleService({ rate: 0, backfillSeconds: 3600, ...options });
  const { workbench, close } = await openWorkbench();
  const stage = { workbench, panel: new PanelPage(workbench), sample, spoil: spoiler(sample) };
  try {
    await workbench.openView();
    await addAccount(workbench, sample, 'Retail');
    await addAccount(workbench, sample, 'Acme', 'immuta');
    await act(stage);
    await workbench.page.setViewportSize({ width, height: 800 });
    await workbench.page.waitForTimeout(1500);
    for (const [theme, title] of Object.entries(themes)) {
      await workbench.setTheme(title);
      await workbench.screenshot(`state-${name}-${theme}`);
    }
  } catch (error) {
    await workbench.screenshot(`state-${name}-failed`);
    throw error;
  } finally {
    await close();
    await sample.close();
  }
}

function spoiler(sample: SampleService): Stage['spoil'] {
  return (path, fault) => {
    sample.inject({ match: { path }, ...fault });
  };
}

async function open({ workbench, panel }: Stage, connection: RowQuery, tab: string): Promise<void> {
  await workbench.expand({ name: connection === immuta ? 'Acme' : 'Retail', level: 1 });
  await workbench.contextMenu(connection, 'Show Details');
  await panel.heading.waitFor();
  await panel.frame.getByRole('tab', { name: tab }).waitFor();
  await panel.open(tab);
}
