import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Locator } from 'playwright-core';
import { hostileStructure, largeStructure, read, structure } from './pageModels';
import { FixturePage } from './fixturePage';
import { themes } from './themedPage';

describe('The tab Structure', () => {
  let fixture: FixturePage;
  before(async () => {
    fixture = await FixturePage.open();
  });
  after(() => fixture.close());

  const node = (name: RegExp): Locator => fixture.page.locator('.node').getByRole('button', { name });
  const button = (name: string): Locator => fixture.page.getByRole('button', { name, exact: true });
  const focused = (): Promise<string> => fixture.value('document.activeElement.textContent');
  const width = (): Promise<number> => fixture.value("document.querySelector('.sheet').offsetWidth");

  it('has no violations of axe-core in any theme', async () => {
    await fixture.show('structure', structure);
    for (const theme of themes) {
      await fixture.theme(theme);
      await node(/^Store visits/).hover();
      await fixture.assertClean();
      await fixture.picture(`structure-${theme}`);
    }
    await fixture.theme('dark');
  });

  it('can be navigated along its edges by keys, and opens and loads parts', async () => {
    await fixture.show('structure', structure);
    const { keyboard } = fixture.page;
    await fixture.page.locator('.graph').focus();
    await keyboard.press('Tab');
    assert.equal(await focused(), 'Checkout, OK, connection, current resource');
    await keyboard.press('ArrowRight');
    assert.match(await focused(), /event dataset/);
    await keyboard.press('ArrowLeft');
    assert.match(await focused(), /^Checkout/);
    await node(/^Product catalogue/).focus();
    await keyboard.press('Enter');
    await keyboard.press('Space');
    const path = 'account:a1/connection:dg_1/dataset:4';
    assert.deepEqual(await fixture.requests(), [
      ['open', path],
      ['load', path],
    ]);
    await keyboard.press('Home');
    assert.match(await focused(), /^Checkout/);
    await keyboard.press('ArrowDown');
    assert.doesNotMatch(await focused(), /^Checkout/);
  });

  it('is a list in a narrow panel, unless the graph was chosen', async () => {
    await fixture.show('structure', structure);
    const size = fixture.page.viewportSize();
    assert.ok(size);
    const graph = fixture.page.locator('.graph');
    await graph.waitFor();
    await fixture.page.setViewportSize({ ...size, width: 400 });
    await fixture.page.getByRole('button', { name: 'List', pressed: true }).waitFor();
    await fixture.page.locator('.outline').waitFor();
    await graph.waitFor({ state: 'hidden' });
    await fixture.assertClean();
    await fixture.picture('structure-narrow');
    await fixture.page.setViewportSize(size);
    await graph.waitFor();
    await fixture.page.setViewportSize({ ...size, width: 400 });
    await graph.waitFor({ state: 'hidden' });
    await button('Graph').click();
    await graph.waitFor();
    await fixture.page.setViewportSize({ ...size, width: 420 });
    await fixture.until('document.body.clientWidth === 420');
    assert.ok(await graph.isVisible());
    await fixture.page.setViewportSize(size);
  });

  it('begins with all of it, or with whole columns and the number of the other nodes', async () => {
    const size = fixture.page.viewportSize();
    assert.ok(size);
    const more = fixture.page.getByRole('button', { name: /more nodes?$/ });
    const scroller = "document.querySelector('.graph')";
    /** The names of nodes that are partly out of sight to the side. */
    const cut = (): Promise<readonly string[]> =>
      fixture.value(`(() => {
        const { left, right } = ${scroller}.getBoundingClientRect();
        return [...document.querySelectorAll('.node')].flatMap((node) => {
          const place = node.getBoundingClientRect();
          const isCut = place.left < right && place.right > left && (place.left < left || place.right > right);
          return isCut ? [node.textContent] : [];
        });
      })()`);
    await fixture.page.setViewportSize({ ...size, width: 860 });
    await fixture.show('structure', { ...structure, nodes: structure.nodes.slice(0, 1), edges: [] });
    await fixture.update(structure);
    await node(/^Loyalty/).waitFor();
    await more.waitFor({ state: 'hidden' });
    assert.ok(await fixture.value<boolean>(`${scroller}.scrollWidth <= ${scroller}.clientWidth`));
    await fixture.page.setViewportSize({ ...size, width: 600 });
    await more.waitFor();
    assert.equal((await more.innerText()).trim(), '2 more nodes');
    assert.deepEqual(await cut(), []);
    await fixture.assertClean();
    await fixture.picture('structure-part');
    await more.click();
    await fixture.until(`${scroller}.scrollLeft >= ${scroller}.scrollWidth - ${scroller}.clientWidth - 1`);
    assert.match(await more.innerText(), /^\s*[1-4] more nodes?$/);
    await fixture.page.setViewportSize({ ...size, width: 560 });
    await fixture.until(`${scroller}.clientWidth < 560`);
    assert.ok(await fixture.value<boolean>(`${scroller}.scrollLeft > 0`), 'the user has moved it');
    await fixture.page.setViewportSize({ ...size, width: 600 });
    await more.click();
    await fixture.until(`${scroller}.scrollLeft === 0`);
    await fixture.page.setViewportSize(size);
  });

  it('is zoomed by keys, buttons and wheel, and dragged', async () => {
    await fixture.show('structure', structure);
    const { keyboard, mouse } = fixture.page;
    const fitting = await width();
    await node(/^Checkout/).focus();
    await keyboard.press('+');
    const once = await width();
    assert.ok(once > fitting);
    await button('Zoom In').click();
    await button('Zoom In').click();
    await button('Zoom In').click();
    assert.ok((await width()) > once);
    const left = (): Promise<number> => fixture.value("document.querySelector('.graph').scrollLeft");
    const before = await left();
    await mouse.move(500, 780);
    await mouse.down();
    await mouse.move(400, 760, { steps: 4 });
    await mouse.up();
    assert.equal(Math.round(await left()) - Math.round(before), 100);
    await button('Show All').click();
    assert.equal(await width(), fitting);
    await mouse.move(400, 500);
    await keyboard.down('Control');
    await mouse.wheel(0, -200);
    await keyboard.up('Control');
    await fixture.until(`document.querySelector('.sheet').offsetWidth > ${fitting}`);
  });

  it('keeps zoom and focus when parts are added and changed', async () => {
    await fixture.show('structure', structure);
    await node(/^Store visits/).focus();
    await fixture.page.keyboard.press('+');
    const zoomed = await fixture.value<string>("document.querySelector('.scene').style.transform");
    await fixture.update({
      ...structure,
      nodes: [
        ...structure.nodes,
        { id: 'new', label: 'New', role: 'lookup dataset', kind: 'dataset', self: false, closed: false },
      ],
      edges: [...structure.edges, { from: 'd4', to: 'new', label: 'sku' }],
    });
    await node(/^New/).waitFor();
    assert.match(await focused(), /^Store visits/);
    assert.equal(await fixture.value("document.querySelector('.scene').style.transform"), zoomed);
    const failed = JSON.parse(JSON.stringify(structure).replaceAll('In progress', 'Now failed')) as object;
    await fixture.update(failed);
    await node(/Now failed/)
      .first()
      .waitFor();
    assert.match(await focused(), /^Store visits/);
  });

  it('has the same as a list of lists', async () => {
    await fixture.show('structure', structure);
    await button('List').click();
    const list = fixture.page.getByRole('list', { name: 'Structure' });
    assert.equal(await list.locator('li').count(), structure.nodes.length);
    await list.locator('li li').getByText('lookup dataset · sku').first().waitFor();
    await fixture.assertClean();
    await fixture.picture('structure-list');
    await list.getByRole('button', { name: 'Web events' }).press('Enter');
    assert.deepEqual(await fixture.requests(), [['open', 'account:a1/connection:dg_1/dataset:0']]);
  });

  it('shows loading, failure and empty states', async () => {
    await fixture.show('structure', { nodes: [], edges: [], ...read, loading: true });
    await fixture.page.getByText('Loading…').waitFor();
    await fixture.update({ nodes: [], edges: [], ...read });
    await fixture.page.getByText('Nothing to show.').waitFor();
    await fixture.update({ ...structure, problem: 'Some datasets could not be read.' });
    await button('Retry').click();
    assert.deepEqual(await fixture.requests(), [['load', 'account:a1/connection:dg_1']]);
  });

  it('draws 500 parts without blocking, and says what is left out', async (test) => {
    await fixture.show('structure', { nodes: [], edges: [], ...read });
    const first = await fixture.call('tab.update', largeStructure(500));
    test.diagnostic(`${Math.round(first)} ms`);
    assert.equal(await fixture.page.locator('.node').count(), 500);
    await fixture.picture('structure-large');
    await fixture.update({ ...largeStructure(500), note: 'Showing the first 500 of 900 nodes.' });
    await fixture.page.getByText('Showing the first 500 of 900 nodes.').waitFor();
  });

  it('draws a group for very many ends of a kind, and expands it', async () => {
    const [self] = structure.nodes;
    const ends = largeStructure(300).nodes;
    await fixture.show('structure', {
      ...read,
      nodes: [self, ...ends],
      edges: ends.map(({ id }) => ({ from: 'c', to: id, label: 'ECID' })),
    });
    const group = node(/^300 × object/);
    await group.waitFor();
    assert.equal(await fixture.page.locator('.node').count(), 2);
    await fixture.assertClean();
    await group.focus();
    assert.match(await focused(), /failed: 43, .*group, collapsed/);
    await fixture.page.keyboard.press('Enter');
    assert.match(await focused(), /group, expanded/);
    assert.equal(await fixture.page.locator('.node').count(), 302);
    await fixture.picture('structure-group');
    await fixture.page.keyboard.press('Enter');
    assert.equal(await fixture.page.locator('.node').count(), 2);
    assert.deepEqual(await fixture.requests(), []);
  });

  it('shows hostile texts as plain text', async () => {
    await fixture.show('structure', hostileStructure);
    await fixture.page.locator('.node').first().waitFor();
    await fixture.assertClean();
    await fixture.picture('structure-hostile');
    await button('List').click();
    await fixture.assertClean();
    assert.ok(await fixture.value<boolean>('document.documentElement.scrollWidth <= innerWidth'));
  });
});
