import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { overview, structure, timeline } from './pageModels';
import { FixturePage } from './fixturePage';

/** The look of the states in a bar or its swatch, without colors. */
const looks = `[...document.querySelectorAll('.legend .swatch')].map((each) => {
  const { backgroundImage, borderTopStyle, borderTopWidth, borderBottomWidth, backgroundColor } = getComputedStyle(each);
  return [backgroundImage, borderTopStyle, borderTopWidth, borderBottomWidth, backgroundColor].join(' ');
})`;
/** All that moves, also within the elements of libraries. */
const moving = `[...document.querySelectorAll('*')]
  .flatMap((each) => [document, each.shadowRoot ?? []].flat())
  .flatMap((root) => root.getAnimations())
  .filter(({ playState }) => playState === 'running').length`;

const loading = { loading: true, stale: false, more: false } as const;
const tabs = {
  overview: { ...overview, tables: overview.tables.map((table) => ({ ...table, loading: true })) },
  timeline: {
    ...timeline(7, 6),
    progress: { done: 0, total: 7, text: '0 of 7 tasks loaded' },
    note: 'Some runs are missing.',
  },
  structure: { ...structure, ...loading },
} as const;

describe('The tabs with accessibility settings', () => {
  let fixture: FixturePage;
  before(async () => {
    fixture = await FixturePage.open();
  });
  after(() => fixture.close());

  it('do not animate if motion is to be reduced', async () => {
    for (const [name, model] of Object.entries(tabs)) {
      await fixture.page.emulateMedia({ reducedMotion: 'no-preference' });
      await fixture.show(name, model);
      await fixture.until(`${moving} > 0`);
      await fixture.page.emulateMedia({ reducedMotion: 'reduce' });
      await fixture.until(`${moving} === 0`);
    }
  });

  it('distinguish states without their colors', async () => {
    await fixture.page.emulateMedia({ forcedColors: 'active' });
    for (const [name, model] of Object.entries(tabs)) {
      await fixture.show(name, model);
      await fixture.page.mouse.move(0, 0);
      await fixture.picture(`forced-${name}`);
      if (name !== 'timeline') continue;
      const found = await fixture.value<readonly string[]>(looks);
      assert.equal(found.length, 7);
      assert.equal(new Set(found).size, found.length);
    }
    await fixture.page.emulateMedia({ forcedColors: 'none' });
  });

  it('fit a narrow and a very wide panel, and text at twice the size', async () => {
    const sizes = [
      ['narrow', 300, 700, 1],
      ['wide', 2000, 900, 1],
      ['zoomed', 1000, 800, 2],
    ] as const;
    for (const [size, width, height, zoom] of sizes) {
      // Who zooms has fewer pixels of CSS, each of them larger.
      await fixture.page.setViewportSize({ width: width / zoom, height: height / zoom });
      for (const [name, model] of Object.entries(tabs)) {
        await fixture.show(name, model);
        await fixture.picture(`${size}-${name}`);
        assert.ok(await fixture.value<boolean>('document.documentElement.scrollWidth <= innerWidth'), name);
        await fixture.assertClean();
      }
    }
  });
});
