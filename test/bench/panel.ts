import { createHash } from 'node:crypto';
import type { Locator } from 'playwright-core';
import { startSampleService } from '../../src/sample/server';
import { openWorkbench } from '../e2e/openWorkbench';
import { PanelPage } from '../e2e/panelPage';
import { addAccount } from '../e2e/accounts';
import type { Workbench } from '../e2e/workbench';
import { openBarePanel } from './barePanel';
import { line, median, ratio, timed } from './figures';
import { goal, wanted } from './wanted';

const sizes = { '10 kB': 10_000, '1 MB': 1_000_000, '10 MB': 10_000_000 } as const;
type SizeName = keyof typeof sizes;
const sizeNames: readonly SizeName[] = ['10 kB', '1 MB', '10 MB'];
const rounds = 5;

/** The rounds in VS Code's own editor, which takes 20 s for the largest text. */
const editorRounds = 3;

/** What one opening took, in milliseconds. */
interface Opening {
  /** From the click on a row to the drawn text, the request and VS Code's own ways included. */
  readonly first: number;
  /** Until the page has the whole text, of which it draws the beginning first. */
  readonly whole: number;
  /** From the page's getting a text to its being painted, waiting for the next frame included. */
  readonly page: number;
  /** The work in that: from getting the text to its layout, without the wait. */
  readonly work: number;
  /** A bare request of the same body, which is part of `first`. */
  readonly request: number;
  /** The longest of 95 in 100 frames while the text is scrolled. */
  readonly frame: number;
}

/** The JSON of a resource in the panel, against the same text in VS Code's own editor, in the newest VS Code. */
export async function benchPanel(): Promise<void> {
  const sample = await startSampleService({ rate: 0, datasets: 1, backfills: 1 });
  let items = '[]';
  const headers = { 'content-type': 'application/json' };
  sample.inject({
    match: { path: /\/data\/connections\/dg_bare$/ },
    get body() {
      return `{"items":${items}}`;
    },
    headers,
  });
  sample.inject({
    match: { path: /\/data\/connections\/dg_[^/]+$/ },
    rewrite: (connection) => connection.replace('{', () => `{"items":${items},`),
  });
  const { workbench, close } = await openWorkbench({
    settings: { 'connectionsExplorer.clickAction': 'showDetails' },
  });
  try {
    await workbench.openView();
    await addAccount(workbench, sample, 'Bench');
    await benchFirst(workbench);
    await connections(workbench).first().click();
    await new PanelPage(workbench).openJson();
    let row = 1;
    const inPanel = await measured(rounds, async (size) => {
      items = getItems(size);
      const request = await timed(async () =>
        (await fetch(`${sample.origin}/data/connections/dg_bare`)).text(),
      );
      return { request, ...(await opening(workbench, row++)) };
    });
    const bare = await openBarePanel(`${sample.origin}/data/connections/dg_bare`);
    const inBarePanel = await measured(rounds, async (size) => {
      items = getItems(size);
      return await bare.show();
    });
    await bare.close();
    console.log(`\nThe JSON of a resource, from the click to the drawn text, median of ${rounds}`);
    for (const name of sizeNames) {
      report(name, inPanel[name]);
      line('the whole in a bare panel, as bytes', median(inBarePanel[name]), 'ms');
    }
    // Afterwards, for VS Code has to do with a large editor for seconds after it was closed. It keeps its text, too, so
    // each is one that was not opened before.
    row = 1;
    const inEditor = await measured(editorRounds, async (size) => {
      items = getItems(size);
      await opening(workbench, row++);
      return openingInEditor(workbench);
    });
    for (const name of sizeNames) {
      const panel = median(inPanel[name].map(({ first }) => first));
      const editor = median(inEditor[name]);
      line(`${name} in VS Code's own editor`, editor, 'ms', ratio(editor, panel, 'the panel'));
    }
  } finally {
    await close();
    await sample.close();
  }
}

/** A panel that is opened, from the click to the drawn overview. */
async function benchFirst(workbench: Workbench): Promise<void> {
  const panel = new PanelPage(workbench);
  const openings: { whole: number; page: number }[] = [];
  for (let round = 0; round <= rounds; round++) {
    const at = connections(workbench).nth(round);
    const whole = await timed(async () => {
      await at.click();
      await panel.frame.locator('.facts').waitFor();
    });
    openings.push({ whole, page: Number(await panel.evaluate(firstDrawn)) });
    await workbench.runCommand('View: Close Editor');
    await panel.frame.locator('.facts').waitFor({ state: 'detached' });
  }
  // The first one loads what VS Code itself needs for webviews.
  const warm = openings.slice(1);
  console.log(`\nA panel, from the click on a row to the drawn overview, median of ${warm.length}`);
  line('a new panel', median(warm.map(({ whole }) => whole)), 'ms');
  line('of that, from the page to its drawn text', median(warm.map(({ page }) => page)), 'ms');
}

/** When the page first painted something, since it began to be loaded. */
const firstDrawn = `performance.getEntriesByName('first-contentful-paint')[0]?.startTime`;

/** The result of each round, by size. */
async function measured<T>(
  count: number,
  measure: (size: number) => Promise<T>,
): Promise<Record<SizeName, T[]>> {
  const all: Record<SizeName, T[]> = { '10 kB': [], '1 MB': [], '10 MB': [] };
  for (const name of sizeNames) {
    for (let round = 0; round < count; round++) all[name].push(await measure(sizes[name]));
  }
  return all;
}

function report(name: SizeName, openings: readonly Opening[]): void {
  const row = (title: string, of: (opening: Opening) => number, limit?: number): void => {
    const value = median(openings.map(of));
    line(title, value, 'ms', ...(limit === undefined ? [] : [goal(value, limit, 'ms')]));
  };
  row(`${name} in the panel`, ({ first }) => first);
  row('of that, a bare request of the same body', ({ request }) => request);
  row('of that, from the text to its frame', ({ page }) => page);
  row('of that, work of the page', ({ work }) => work, name === '10 kB' ? wanted.panelWork : undefined);
  row('the whole text', ({ whole }) => whole, name === '10 MB' ? wanted.panelWhole : undefined);
  row('scrolled, 95 of 100 frames within', ({ frame }) => frame);
}

/** Opens the JSON of a row whose resource is not the shown one, in the panel, whose tab `JSON` is open. */
async function opening(workbench: Workbench, row: number): Promise<Omit<Opening, 'request'>> {
  const panel = new PanelPage(workbench);
  const at = connections(workbench).nth(row);
  const name = await at.locator('.label-name').innerText();
  await panel.evaluate(clock);
  await workbench.page.evaluate(clickClock);
  await at.click();
  await panel.about(name);
  await workbench.until(
    'the whole text',
    async () => (await panel.evaluate('whole')) !== 'undefined',
    60_000,
  );
  const began = Number(await workbench.page.evaluate('clicked'));
  const read = async (what: string): Promise<number> => Number(await panel.evaluate(what));
  return {
    first: (await read('painted')) - began,
    whole: (await read('whole')) - began,
    page: await read('page'),
    work: await read('work'),
    frame: await read(scrolling),
  };
}

/** Opens the JSON of the shown resource in VS Code's own editor, from the click to the drawn text. */
async function openingInEditor(workbench: Workbench): Promise<number> {
  const drawn = workbench.page.locator('.editor-instance .view-line').filter({ hasText: '"items"' });
  const editor = await timed(async () => {
    await new PanelPage(workbench).button('Open JSON in Editor').click();
    await drawn.waitFor();
  });
  await workbench.runCommand('View: Close Editor');
  await drawn.waitFor({ state: 'detached' });
  return editor;
}

function connections(workbench: Workbench): Locator {
  return workbench.rows({ name: /./, level: 1 });
}

/** Tells the window to note when a person clicks. */
const clickClock = `addEventListener('mousedown', (event) => {
  window.clicked = performance.timeOrigin + event.timeStamp;
}, { capture: true, once: true })`;

/**
 * Tells the page to note when the first text is painted, when the whole of it is, and how long it works for the first:
 * until its own listener has returned, which came first, and the part of the next frame until the layout.
 */
const clock = `addEventListener('message', ({ data, timeStamp }) => {
  if (data.type !== 'jsonChunk') return;
  document.body.offsetHeight;
  const listened = performance.now() - timeStamp;
  const heard = performance.now();
  requestAnimationFrame((frame) => {
    document.body.offsetHeight;
    window.work ??= listened + performance.now() - Math.max(frame, heard);
    setTimeout(() => {
      window.page ??= performance.now() - timeStamp;
      window.painted ??= performance.timeOrigin + performance.now();
      if (data.last) window.whole = performance.timeOrigin + performance.now();
    });
  });
}); work = page = painted = whole = undefined`;

/** Scrolls by a third of a screen in each of 120 frames, and gives what 95 in 100 of them took at most. */
const scrolling = `new Promise((resolve) => {
  const scroller = document.querySelector('.cm-scroller');
  const frames = [];
  let last;
  const next = (now) => {
    if (last !== undefined) frames.push(now - last);
    last = now;
    scroller.scrollTop += 200;
    if (frames.length < 120) requestAnimationFrame(next);
    else resolve(frames.sort((a, b) => a - b)[114]);
  };
  requestAnimationFrame(next);
})`;

/** A JSON text of about this size, shaped as by a service: a list of many small objects, which differ. */
function getItems(size: number): string {
  const items: string[] = [];
  for (let length = 1; length < size; length += (items.at(-1)?.length ?? 0) + 1) {
    const id = createHash('sha256').update(String(items.length)).digest('hex').slice(0, 24);
    const rows = items.length * 7919;
    items.push(JSON.stringify({ id, name: `Web events ${items.length}`, streaming: rows % 3 === 0, rows }));
  }
  return `[${items.join(',')}]`;
}
