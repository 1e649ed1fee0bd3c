import { startSampleService } from '../../src/sample/server';
import { openWorkbench } from '../ui/openWorkbench';
import { PanelPage } from '../ui/panelPage';
import { addAccount } from '../ui/signIn';
import type { Workbench } from '../ui/workbench';
import { line, median, ratio, timed } from './figures';

const sizes = { '10 kB': 10_000, '1 MB': 1_000_000, '10 MB': 10_000_000 };
const rounds = 3;

/** What one opening took, in milliseconds. */
interface Opening {
  /** From the click to the drawn text, the request and VS Code's own ways included. */
  readonly first: number;
  /** Until the page has the whole text, of which it draws the beginning first. */
  readonly whole: number;
  /** From the page's getting a text to its being painted. */
  readonly page: number;
  /** A bare request of the same body, which is part of `first`. */
  readonly request: number;
  /** The longest of 95 in 100 frames while the text is scrolled. */
  readonly frame: number;
  /** The same text in VS Code's own editor, from the click to the drawn text. */
  readonly editor: number;
}

/** The JSON of a resource in the panel, against the same text in VS Code's own editor, in the newest VS Code. */
export async function benchPanel(): Promise<void> {
  const sample = await startSampleService({ rate: 0, datasets: 1, backfills: 1 });
  let body = '';
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
    await workbench.openView('Connections');
    await addAccount(workbench, sample, 'Bench');
    let row = 0;
    for (const [name, size] of Object.entries(sizes)) {
      body = jsonOf(size);
      const openings: Opening[] = [];
      for (let round = 0; round < rounds; round++) {
        const request = await timed(async () =>
          (await fetch(`${sample.origin}/data/connections/dg_bare`)).text(),
        );
        openings.push({ request, ...(await opening(workbench, row++)) });
      }
      report(name, openings);
    }
  } finally {
    await close();
    await sample.close();
  }
}

function report(name: string, openings: readonly Opening[]): void {
  const middle = (of: (opening: Opening) => number): number => median(openings.map(of));
  const first = middle((each) => each.first);
  const editor = middle((each) => each.editor);
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

/** Opens the JSON of a row that was not opened before, in the panel and in an editor. */
async function opening(workbench: Workbench, row: number): Promise<Omit<Opening, 'request'>> {
  const panel = new PanelPage(workbench);
  await workbench.rows({ name: /./, level: 1 }).nth(row).click();
  const name = (await workbench.selected())[0] ?? '';
  await panel.about(name);
  await panel.open('Overview');
  await panel.evaluate(clock);
  const began = performance.now();
  await panel.openJson();
  const first = performance.now() - began;
  await workbench.until(
    'the whole text',
    async () => (await panel.evaluate('whole')) !== 'undefined',
    60_000,
  );
  const whole = performance.now() - began;
  const page = Number(await panel.evaluate('painted'));
  const frame = Number(await panel.evaluate(scrolling));
  const editorLine = workbench.page.locator('.editor-instance .view-line').filter({ hasText: '"items"' });
  const editor = await timed(async () => {
    await panel.button('Open JSON in Editor').click();
    await editorLine.waitFor();
  });
  await workbench.runCommand('View: Close Editor');
  await editorLine.waitFor({ state: 'detached' });
  return { first, whole, page, frame, editor };
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

/** A JSON text of about so many bytes, formed as a service would: many small objects. */
function jsonOf(size: number): string {
  const items: object[] = [];
  const item = { id: '5f24a1b2c3d4e5f60718293a', name: 'Web events', streaming: true, rows: 12345 };
  for (let length = 0; length < size; length += JSON.stringify(item).length + 1) items.push(item);
  return JSON.stringify({ items });
}
