import type { Locator } from 'playwright-core';
import { startSampleService } from '../../src/sample/server';
import { openWorkbench } from '../e2e/openWorkbench';
import { PanelPage } from '../e2e/panelPage';
import { addAccount } from '../e2e/accounts';
import type { Workbench } from '../e2e/workbench';
import { line, median, ratio, timed } from './figures';

const sizes = { '10 kB': 10_000, '1 MB': 1_000_000, '10 MB': 10_000_000 } as const;
type SizeName = keyof typeof sizes;
const sizeNames: readonly SizeName[] = ['10 kB', '1 MB', '10 MB'];
const rounds = 3;

/** What one opening took, in milliseconds. */
interface Opening {
  /** From the click on a row to the drawn text, the request and VS Code's own ways included. */
  readonly first: number;
  /** Until the page has the whole text, of which it draws the beginning first. */
  readonly whole: number;
  /** From the page's getting a text to its being painted. */
  readonly page: number;
  /** A bare request of the same body, which is part of `first`. */
  readonly request: number;
  /** The longest of 95 in 100 frames while the text is scrolled. */
  readonly frame: number;
}

/** The JSON of a resource in the panel, against the same text in VS Code's own editor, in the newest VS Code. */
export async function benchPanel(): Promise<void> {
  const sample = await startSampleService({ rate: 0, datasets: 1, backfills: 1 });
  let body = '{}';
  sample.inject({
    match: ({ path }) => /\/data\/connections\/dg_[^/]+$/.test(path),
    get body() {
      return body;
    },
    headers: { 'content-type': 'application/json' },
  });
  const { workbench, close } = await openWorkbench();
  try {
    console.log(`\nThe JSON of a resource, from the click to the drawn text, median of ${rounds}`);
    await workbench.openView();
    await addAccount(workbench, sample, 'Bench');
    await connections(workbench).first().click();
    await new PanelPage(workbench).openJson();
    let row = 1;
    const inPanel = await measured(async (size) => {
      body = jsonOf(size);
      const request = await timed(async () =>
        (await fetch(`${sample.origin}/data/connections/dg_bare`)).text(),
      );
      return { request, ...(await opening(workbench, row++)) };
    });
    // Afterwards, for VS Code has to do with a large editor for seconds after it was closed. It keeps its text, too, so
    // each is one that was not opened before.
    row = 1;
    const inEditor = await measured(async (size) => {
      body = jsonOf(size);
      await opening(workbench, row++);
      return openingInEditor(workbench);
    });
    for (const name of sizeNames) report(name, inPanel[name], median(inEditor[name]));
  } finally {
    await close();
    await sample.close();
  }
}

/** The result of each round, by size. */
async function measured<T>(measure: (size: number) => Promise<T>): Promise<Record<SizeName, T[]>> {
  const all: Record<SizeName, T[]> = { '10 kB': [], '1 MB': [], '10 MB': [] };
  for (const name of sizeNames) {
    for (let round = 0; round < rounds; round++) all[name].push(await measure(sizes[name]));
  }
  return all;
}

function report(name: string, openings: readonly Opening[], editor: number): void {
  const middle = (of: (opening: Opening) => number): number => median(openings.map(of));
  const first = middle((each) => each.first);
  line(`${name} in the panel`, first, 'ms', ratio(first, editor, "VS Code's own editor"));
  line(
    'of that, a bare request of the same body',
    middle((each) => each.request),
    'ms',
  );
  line(
    'of that, drawn in the page',
    middle((each) => each.page),
    'ms',
  );
  line(
    'the whole text',
    middle((each) => each.whole),
    'ms',
  );
  line(
    'scrolled, 95 of 100 frames within',
    middle((each) => each.frame),
    'ms',
  );
  line(`${name} in VS Code's own editor`, editor, 'ms');
}

/** Opens the JSON of a row whose resource is not the shown one, in the panel, whose tab `JSON` is open. */
async function opening(workbench: Workbench, row: number): Promise<Omit<Opening, 'request'>> {
  const panel = new PanelPage(workbench);
  const at = connections(workbench).nth(row);
  const name = await at.locator('.label-name').innerText();
  await panel.evaluate(clock);
  const began = performance.now();
  await at.click();
  await panel.about(name);
  await panel.lines.first().waitFor();
  const first = performance.now() - began;
  await workbench.until(
    'the whole text',
    async () => (await panel.evaluate('whole')) !== 'undefined',
    60_000,
  );
  const whole = performance.now() - began;
  const page = Number(await panel.evaluate('painted'));
  const frame = Number(await panel.evaluate(scrolling));
  return { first, whole, page, frame };
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

/** Tells the page to note how long the first text takes to be painted, and when the whole of it is. */
const clock = `addEventListener('message', ({ data, timeStamp }) => {
  if (data.type !== 'part') return;
  requestAnimationFrame(() => setTimeout(() => {
    window.painted ??= performance.now() - timeStamp;
    if (data.last) window.whole = performance.now() - timeStamp;
  }));
}); painted = whole = undefined`;

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

/** A JSON text of about this size, shaped as by a service: many small objects. */
function jsonOf(size: number): string {
  const items: object[] = [];
  const item = { id: '5f24a1b2c3d4e5f60718293a', name: 'Web events', streaming: true, rows: 12345 };
  for (let length = 0; length < size; length += JSON.stringify(item).length + 1) items.push(item);
  return JSON.stringify({ items });
}
