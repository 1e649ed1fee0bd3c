import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Locator } from 'playwright-core';
import { accountOverview, hostileOverview, overview, rows, table } from './pageModels';
import { FixturePage } from './fixturePage';
import { themes } from './themedPage';

describe('The tab Overview', () => {
  let fixture: FixturePage;
  before(async () => {
    fixture = await FixturePage.open();
  });
  after(() => fixture.close());

  const datasets = (): Locator => fixture.page.getByRole('table', { name: 'Datasets' });
  const names = async (): Promise<readonly string[]> =>
    await datasets().locator('tbody .name').allInnerTexts();
  const head = (name: string): Locator => datasets().getByRole('columnheader', { name });
  const focusedText = (): Promise<string> => fixture.value('document.activeElement.innerText');

  const scrollTo = async (top: number): Promise<void> => {
    await fixture.value(`void (document.querySelector('.tables .table-scroller').scrollTop = ${top})`);
  };

  it('has no violations of axe-core in any theme', async () => {
    await fixture.show('overview', overview);
    for (const theme of themes) {
      await fixture.theme(theme);
      await fixture.assertClean();
      await fixture.page.getByText('Web events 1', { exact: true }).first().hover();
      await fixture.picture(`overview-${theme}`);
    }
    await fixture.theme('dark');
  });

  it('shows problems first, ages with the exact time, and copies', async () => {
    await fixture.show('overview', overview);
    assert.match(await fixture.page.locator('.fact').first().innerText(), /^Validation error/);
    const created = fixture.page.locator('.fact', { hasText: 'Created' }).locator('time');
    assert.match(await created.innerText(), /10 months ago/);
    await created.focus();
    await created.locator('.tip').waitFor({ state: 'visible' });
    assert.match((await created.textContent()) ?? '', /20\d\d at /);
    await fixture.page.getByRole('button', { name: 'Copy ID', exact: true }).click();
    assert.deepEqual(await fixture.requests(), [['copy', 'dg_8a51b2c4-77f0-4f0e-9d43-6c0e1b1f2a10']]);
    await fixture.page.getByRole('status').getByText('Copied ID').waitFor();
  });

  it('says how many columns are hidden, and scrolls them into view', async () => {
    await fixture.show('overview', { facts: [], tables: [table(rows(24))] });
    const more = fixture.page.getByRole('button', { name: /more columns?$/ });
    const size = fixture.page.viewportSize();
    assert.ok(size);
    await more.waitFor({ state: 'hidden' });
    await fixture.page.setViewportSize({ ...size, width: 400 });
    await more.waitFor();
    assert.match(await more.innerText(), /^[2-5] more columns$/);
    await fixture.assertClean();
    await fixture.picture('overview-hidden-columns');
    await fixture.until(`(() => {
      document.querySelector('.hidden-parts').click();
      const scroller = document.querySelector('.tables .table-scroller');
      return scroller.scrollLeft + scroller.clientWidth >= scroller.scrollWidth - 1;
    })()`);
    await more.click();
    await fixture.until("document.querySelector('.tables .table-scroller').scrollLeft === 0");
    await fixture.page.setViewportSize(size);
    await more.waitFor({ state: 'hidden' });
  });

  it('counts what an account has, and requests the rows of a pressed count', async () => {
    const requests = (): Promise<readonly (readonly string[])[]> =>
      fixture.value('window.requested.splice(0)');
    const button = (name: string): Locator => fixture.page.getByRole('button', { name, exact: true });
    await fixture.show('overview', accountOverview());
    await requests();
    assert.ok(await button('0 queued backfills').isDisabled());
    await button('17 failed backfills').click();
    assert.deepEqual(await requests(), [['chooseCount', 'failedBackfills']]);
    await fixture.page.getByRole('status').getByText('Showing: failed backfills').waitFor();
    await fixture.call('tab.update', accountOverview('failedBackfills'));
    assert.equal(await button('17 failed backfills').getAttribute('aria-pressed'), 'true');
    assert.match(await focusedText(), /failed backfills/);
    await fixture.page.keyboard.press('Space');
    assert.deepEqual(await requests(), [['chooseCount']]);
    await button('Load Datasets').click();
    await button('Mark as Seen').click();
    assert.deepEqual(await requests(), [['loadLevel', 'dataset'], ['markAsSeen']]);
    for (const theme of themes) {
      await fixture.theme(theme);
      await fixture.assertClean();
    }
    await fixture.theme('dark');
  });

  it('identifies users known only by ID with a tooltip, which screen readers have too', async () => {
    const list = rows(2).map((row) => ({
      ...row,
      cells: ['Unknown user', ...row.cells.slice(1)],
      hints: { type: 'FA3A14D0@AdobeID' },
    }));
    const owner = { label: 'Owner', value: 'Unknown user', hint: 'FA3A14D0@AdobeID' };
    await fixture.show('overview', { facts: [owner], tables: [table(list)] });
    const user = fixture.page.getByTitle('FA3A14D0@AdobeID').getByText('Unknown user');
    await user.or(fixture.page.getByTitle('FA3A14D0@AdobeID')).nth(2).waitFor();
    assert.match(
      (await fixture.page.locator('.fact dd').first().textContent()) ?? '',
      /^Unknown user, FA3A14D0@AdobeID/,
    );
  });

  it('leaves out columns without a value, until a row has one', async () => {
    const without = (count: number): object[] =>
      rows(count).map((row) => ({ ...row, cells: row.cells.map((cell, at) => (at === 0 ? '' : cell)) }));
    const shows = (list: readonly object[]): object => ({
      facts: [],
      tables: [{ ...table([]), rows: list }],
    });
    const heads = (): Promise<readonly string[]> => datasets().getByRole('columnheader').allInnerTexts();
    const all = ['Name', 'Status', 'Type', 'Records', 'Last ingested', 'Schema or key'];
    await fixture.show('overview', shows(without(24)));
    assert.deepEqual(await heads(), ['Name', 'Status', 'Records', 'Last ingested', 'Schema or key']);
    await head('Records').getByRole('button').click();
    const sorted = await names();
    assert.equal((await datasets().locator('tbody td.number').allInnerTexts())[0], '0');
    await fixture.picture('overview-filled-columns');
    await fixture.update(shows(rows(24)));
    assert.deepEqual(await heads(), all);
    assert.equal(await head('Records').getAttribute('aria-sort'), 'ascending');
    assert.deepEqual(await names(), sorted);
    await fixture.update(shows(without(25)));
    assert.deepEqual(await heads(), all);
    assert.equal(await head('Records').getAttribute('aria-sort'), 'ascending');
  });

  it('sorts by numbers, dates, texts and status, with empty cells last', async () => {
    await fixture.show('overview', { facts: [], tables: [table(rows(24))] });
    const cells = (at: number): Promise<readonly string[]> =>
      datasets().locator(`tbody tr td:nth-of-type(${at})`).allInnerTexts();
    await head('Records').getByRole('button').click();
    assert.equal(await head('Records').getAttribute('aria-sort'), 'ascending');
    const numbers = (await cells(3)).map((text) => text.replaceAll(',', ''));
    const filled = numbers.filter(Boolean);
    assert.deepEqual(
      filled.map(Number),
      filled.map(Number).toSorted((a, b) => a - b),
    );
    assert.ok(numbers.slice(filled.length).every((text) => text === ''));
    await head('Records').getByRole('button').click();
    assert.equal(await head('Records').getAttribute('aria-sort'), 'descending');
    assert.equal((await cells(3)).at(-1), '');
    await head('Last ingested').getByRole('button').press('Enter');
    const dates = await fixture.value<readonly string[]>(
      "[...document.querySelectorAll('tbody time')].map(({ dateTime }) => dateTime)",
    );
    assert.deepEqual(dates, dates.toSorted());
    await head('Status').getByRole('button').click();
    assert.match((await cells(1))[0] ?? '', /Failed/);
    await head('Status').getByRole('button').click();
    await head('Status').getByRole('button').click();
    assert.deepEqual((await names()).slice(0, 2), ['Web events 1', 'Mobile events 2']);
  });

  it('filters by any cell and keeps sorting, filter, focus and scroll position through an update', async () => {
    await fixture.show('overview', { facts: [], tables: [table(rows(400))] });
    const field = fixture.page.getByRole('textbox', { name: 'Filter' });
    await field.fill('lookup');
    await fixture.page.getByRole('status').getByText('133 of 400 rows', { exact: true }).waitFor();
    await head('Name').getByRole('button').click();
    const button = datasets().getByRole('button', { name: 'CRM profiles 4', exact: true });
    await field.fill('crm');
    await fixture.page.getByText('67 of 400').waitFor();
    await button.focus();
    await scrollTo(700);
    const others = rows(401).map((row) => ({ ...row, cells: ['Changed', ...row.cells.slice(1)] }));
    await fixture.update({ facts: [], tables: [table(others)] });
    await fixture.page.getByText('67 of 401').waitFor();
    assert.equal(await focusedText(), 'CRM profiles 4');
    assert.equal(await fixture.value("document.querySelector('.tables .table-scroller').scrollTop"), 700);
    assert.equal(await head('Name').getAttribute('aria-sort'), 'ascending');
    await datasets().getByText('Changed').first().waitFor();
    await field.press('Escape');
    await fixture.page.getByText('401 rows', { exact: true }).waitFor();
  });

  it('can be navigated by keys', async () => {
    await fixture.show('overview', { facts: [], tables: [table(rows(400))] });
    const { keyboard } = fixture.page;
    await head('Schema or key').getByRole('button').focus();
    await keyboard.press('Tab');
    assert.equal(await focusedText(), 'Web events 1');
    await keyboard.press('ArrowDown');
    assert.equal(await focusedText(), 'Mobile events 2');
    await keyboard.press('Enter');
    await keyboard.press('Control+c');
    await keyboard.press('End');
    assert.equal(await focusedText(), 'Product catalogue 400'.replace('Product catalogue', 'CRM profiles'));
    await keyboard.press('Tab');
    await keyboard.press('Tab');
    await keyboard.press('Enter');
    const path = 'account:a1/connection:dg_1/dataset:';
    assert.deepEqual(await fixture.requests(), [
      ['open', `${path}1`],
      ['copy', '5f2400000000000000000001'],
      ['reveal', `${path}399`],
    ]);
    await scrollTo(0);
    await datasets().getByText('Web events 1', { exact: true }).waitFor();
    await keyboard.press('Shift+Tab');
    await keyboard.press('Shift+Tab');
    await keyboard.press('Home');
    assert.equal(await focusedText(), 'Web events 1');
  });

  it('requests more rows, and a retry', async () => {
    await fixture.show('overview', overview);
    await fixture.page.getByRole('button', { name: 'Load More' }).click();
    await fixture.page.getByRole('button', { name: 'Retry' }).press('Enter');
    assert.deepEqual(await fixture.requests(), [
      ['load', 'account:a1/connection:dg_1'],
      ['load', 'account:a1/connection:dg_1'],
    ]);
  });

  it('draws only the visible ones of 10,000 rows', async (test) => {
    await fixture.show('overview', { facts: [], tables: [] });
    const shown = await fixture.call('tab.update', { facts: [], tables: [table(rows(10_000))] });
    const sorted = await fixture.call("document.querySelectorAll('.sort')[3].click");
    const all = await datasets().locator('tbody tr').count();
    await scrollTo(140_000);
    await fixture.page.locator('tr[aria-rowindex="5010"]').waitFor();
    test.diagnostic(
      `shown in ${Math.round(shown)} ms, sorted in ${Math.round(sorted)} ms, ${all} rows drawn`,
    );
    assert.ok(all < 100);
    assert.equal(await datasets().getAttribute('aria-rowcount'), '10001');
  });

  it('shows hostile texts as plain text', async () => {
    await fixture.show('overview', hostileOverview);
    await fixture.page.getByText('<img src=x').first().waitFor();
    await fixture.assertClean();
    assert.ok(await fixture.value<boolean>('document.body.textContent.length < 60_000'));
    assert.ok(await fixture.value<boolean>('document.documentElement.scrollWidth <= innerWidth'));
    await fixture.picture('overview-hostile');
  });
});
