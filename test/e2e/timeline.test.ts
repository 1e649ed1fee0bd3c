import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Locator } from 'playwright-core';
import { hostileTimeline, read, timeline } from './pageModels';
import { FixturePage } from './fixturePage';
import { themes } from './themedPage';

describe('The tab Timeline', () => {
  let fixture: FixturePage;
  before(async () => {
    fixture = await FixturePage.open();
  });
  after(() => fixture.close());

  const bars = (): Locator => fixture.page.locator('.bar');
  const button = (name: string): Locator => fixture.page.getByRole('button', { name, exact: true });
  const tip = (): Locator => fixture.page.getByRole('tooltip');
  const focused = (): Promise<string> => fixture.value('document.activeElement.ariaLabel');
  const width = (): Promise<number> => fixture.value("document.querySelector('.whole').clientWidth");

  it('has no violations of axe-core in any theme', async () => {
    const { lanes } = timeline(5, 6);
    await fixture.show('timeline', {
      title: 'Backfills',
      lanes: [
        ...lanes,
        {
          path: 'p',
          label: 'Returns',
          bars: [],
          ...read,
          problem: 'The backfills could not be read: HTTP 500.',
        },
      ],
      progress: { done: 5, total: 7, text: '5 of 7 datasets loaded' },
      waiting: 'Waiting for the rate limit of the service: 4 s',
    });
    for (const theme of themes) {
      await fixture.theme(theme);
      await fixture.page.mouse.move(0, 0);
      await fixture.page.locator('.bar.state-ok').nth(2).hover();
      await tip().getByText('Duration').waitFor();
      await fixture.assertClean();
      await fixture.picture(`timeline-${theme}`);
    }
    await button('Date Range').click();
    await fixture.picture('timeline-covers');
    await fixture.theme('dark');
  });

  it('describes a bar on hover and on focus, and opens its resource', async () => {
    await fixture.show('timeline', timeline(3, 4));
    const running = bars().and(fixture.page.locator('.state-running')).first();
    await running.focus();
    await tip().getByText('In progress').waitFor();
    assert.match(
      await focused(),
      /^Backfill \d+, In progress, Created: .*, Duration: 2 hours, .*Progress: 42%/,
    );
    await fixture.page.keyboard.press('Escape');
    await tip().waitFor({ state: 'hidden' });
    await running.press('Enter');
    assert.deepEqual(await fixture.requests(), [
      ['open', 'account:a1/connection:dg_1/dataset:1/backfill:bf_1'],
    ]);
    const axis = await fixture.value<string>("document.querySelector('.axis').innerText");
    assert.match(axis, /Nov|Dec|Jan|\d/);
  });

  it('can be navigated by keys, and zoomed by keys, buttons and wheel', async () => {
    await fixture.show('timeline', timeline(3, 4));
    const { keyboard, mouse } = fixture.page;
    await fixture.page.locator('.chart').focus();
    await keyboard.press('Tab');
    await keyboard.press('Tab');
    const first = await focused();
    await keyboard.press('ArrowRight');
    assert.notEqual(await focused(), first);
    await keyboard.press('ArrowLeft');
    assert.equal(await focused(), first);
    await keyboard.press('ArrowDown');
    await keyboard.press('ArrowUp');
    assert.equal(await focused(), first);
    const before = await width();
    await keyboard.press('+');
    const once = await width();
    assert.ok(once > before);
    await button('Zoom In').click();
    assert.ok((await width()) > once);
    await fixture.update(timeline(3, 4));
    assert.ok((await width()) > once);
    await button('Show All').click();
    assert.equal(await width(), before);
    await bars().first().hover();
    await keyboard.down('Control');
    await mouse.wheel(0, -300);
    await keyboard.up('Control');
    await fixture.until(`document.querySelector('.whole').clientWidth > ${before}`);
  });

  it('can be dragged, also by its bars, and a drag is no click', async () => {
    await fixture.show('timeline', timeline(3, 4));
    const { mouse } = fixture.page;
    const left = (): Promise<number> => fixture.value("document.querySelector('.chart').scrollLeft");
    await button('Zoom In').click();
    await button('Zoom In').click();
    const drag = async (x: number, y: number): Promise<void> => {
      await mouse.move(x, y);
      await mouse.down();
      await mouse.move(x - 30, y, { steps: 3 });
      await mouse.up();
    };
    const chart = await fixture.page.locator('.chart').boundingBox();
    assert.ok(chart);
    await bars().nth(2).scrollIntoViewIfNeeded();
    const before = await left();
    await drag(chart.x + 700, chart.y + 12);
    assert.equal(Math.round((await left()) - before), 30);
    const box = await bars().nth(2).boundingBox();
    assert.ok(box);
    await drag(box.x + box.width / 2, box.y + box.height / 2);
    assert.equal(Math.round((await left()) - before), 60);
    assert.deepEqual(await fixture.requests(), []);
    await bars().nth(2).click();
    assert.equal((await fixture.requests()).length, 1);
  });

  it('keeps the focus when a status changes', async () => {
    const model = timeline(3, 4);
    await fixture.show('timeline', model);
    const running = bars().and(fixture.page.locator('.state-running')).first();
    await running.focus();
    const ended = JSON.parse(
      JSON.stringify(model).replaceAll('running', 'ok').replaceAll('In progress', 'Done'),
    ) as object;
    await fixture.update(ended);
    assert.match(await focused(), /^Backfill 1, Done/);
    assert.equal(await bars().and(fixture.page.locator('.state-running')).count(), 0);
  });

  it('draws bars in the whole width of a narrow panel, below the names', async () => {
    await fixture.show('timeline', timeline(3, 4));
    const size = fixture.page.viewportSize();
    assert.ok(size);
    const box = (
      selector: string,
    ): Promise<{ readonly x: number; readonly y: number; readonly width: number }> =>
      fixture.value(`document.querySelector('${selector}').getBoundingClientRect().toJSON()`);
    const wide = await box('.track');
    assert.ok(wide.x > (await box('.lane-name')).x + 50, 'beside the names');
    await fixture.page.setViewportSize({ ...size, width: 400 });
    await fixture.until("document.querySelector('.track').getBoundingClientRect().width > 340");
    const [name, track] = [await box('.lane-name'), await box('.track')];
    assert.ok(track.y > name.y, 'below the names');
    const axis = await box('.axis');
    assert.deepEqual(
      [Math.round(axis.x), Math.round(axis.width)],
      [Math.round(track.x), Math.round(track.width)],
    );
    await fixture.assertClean();
    await fixture.picture('timeline-narrow');
    await fixture.page.setViewportSize(size);
  });

  it('draws what runs cover, and all data as a bar without ends', async () => {
    await fixture.show('timeline', timeline(3, 4));
    await button('Date Range').click();
    assert.ok((await fixture.page.locator('.bar.open').count()) > 0);
    assert.match(
      await fixture.value("document.querySelector('.bar.open').ariaLabel"),
      /Date range: All data/,
    );
  });

  it('has the same as a table, with the columns of which something is known', async () => {
    const known = timeline(3, 4);
    const unknown = known.lanes.map((lane) => ({
      ...lane,
      bars: lane.bars.map(({ path, label, status, covers }) => ({
        path,
        label,
        status,
        ...(covers && { covers }),
      })),
    }));
    await fixture.show('timeline', { title: 'Backfills', lanes: unknown });
    await button('Table').click();
    const table = fixture.page.getByRole('table', { name: 'Backfills' });
    assert.equal(await table.locator('tbody tr').count(), 12);
    await table.getByText('Web events').first().waitFor();
    const heads = async (): Promise<readonly string[]> => await table.locator('thead th').allInnerTexts();
    assert.deepEqual(await heads(), ['Name', 'Status', 'Belongs to', 'Date range']);
    await fixture.update(known);
    assert.ok((await heads()).includes('Progress'));
    await fixture.assertClean();
    await fixture.picture('timeline-table');
    await table.getByRole('button', { name: 'Copy ID of Backfill 0' }).press('Enter');
    assert.deepEqual(await fixture.requests(), [['copy', 'bf_0']]);
  });

  it('asks why a run failed once somebody stays at its bar, and tells it', async () => {
    const { lanes, title } = timeline(1, 2);
    const told = (reasons: readonly { label: string; value: string }[]): object => ({
      title,
      lanes: lanes.map((lane) => ({ ...lane, bars: lane.bars.map((bar) => ({ ...bar, reasons })) })),
    });
    await fixture.show('timeline', told([]));
    assert.deepEqual(await fixture.requests(), []);
    await bars().first().hover();
    await tip().waitFor();
    const requests: (readonly string[])[] = [];
    for (let wait = 0; wait < 50 && requests.length === 0; wait++) {
      await fixture.page.waitForTimeout(100);
      requests.push(...(await fixture.requests()));
    }
    const [request = assert.fail('nothing is asked'), ...others] = requests;
    assert.equal(request[0], 'explain');
    assert.ok(lanes[0]?.bars.some(({ path }) => path === request[1]));
    assert.deepEqual(others, []);
    await fixture.update(told([{ label: 'Transformation', value: 'no email <b>x</b>' }]));
    await tip().getByText('no email <b>x</b>').waitFor();
    await bars().last().focus();
    await fixture.page.waitForTimeout(500);
    assert.deepEqual(await fixture.requests(), [], 'it is known');
  });

  it('shows the progress of loading, and stops it', async () => {
    const progress = { done: 2, total: 9, text: '2 of 9 tasks loaded' };
    await fixture.show('timeline', { title: 'Runs', lanes: [], progress, waiting: 'Waiting 4 s' });
    await fixture.page.getByText('2 of 9 tasks loaded', { exact: true }).waitFor();
    await fixture.page.getByText('Waiting 4 s').waitFor();
    await button('Cancel').click();
    assert.deepEqual(await fixture.requests(), [['cancel']]);
    await fixture.update({ title: 'Runs', lanes: [] });
    await fixture.page.getByText('No runs.').waitFor();
    await fixture.update({
      title: 'Runs',
      lanes: [],
      problem: 'It could not be read.',
      note: 'Loading was stopped.',
    });
    await fixture.page.getByRole('status').getByText('Loading was stopped.').waitFor();
    await fixture.page.getByRole('alert').getByText('It could not be read.').waitFor();
  });

  it('stays responsive with 2,000 bars', async (test) => {
    await fixture.show('timeline', { title: 'Runs', lanes: [] });
    const model = timeline(40, 50);
    const shown = await fixture.call('tab.update', model);
    const again = await fixture.call('tab.update', model);
    const zoomed = await fixture.call("document.querySelector('.zoom button').click");
    test.diagnostic([shown, again, zoomed].map((each) => `${Math.round(each)} ms`).join(', '));
    assert.equal(await bars().count(), 2000);
  });

  it('shows hostile texts as plain text', async () => {
    await fixture.show('timeline', hostileTimeline);
    await bars().first().focus();
    await fixture.assertClean();
    assert.ok(await fixture.value<boolean>('document.documentElement.scrollWidth <= innerWidth'));
    await fixture.picture('timeline-hostile');
  });
});
