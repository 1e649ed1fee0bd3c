import { makeText } from '../../src/features/compare/textThread';
import { line, median, timed } from './figures';
import { held } from './held';
import { sampleStore } from './sampleStore';
import { goal, wanted } from './wanted';

const rounds = 5;

/** As many as make a text of 7.5 MB, unformatted. */
const datasets = 2_600;

const how = {
  secrets: ['a secret of some length'],
  canonical: { idKeys: ['id', 'dataSetId'], volatileKeys: ['modifiedDate'], keepServerMade: false },
} as const;

/**
 * The longest time for which the extension host does nothing else while a connection is compared with itself: while it is
 * read, and while the two texts of the diff editor are made of it. What VS Code itself does with the texts is not in it.
 */
export async function benchCompare(): Promise<void> {
  const { store, account, close } = await sampleStore(['--connections', '1', '--datasets', String(datasets)]);
  const { signal } = new AbortController();
  try {
    const [connection] = await store.load(account);
    if (!connection) throw new Error('The account has no connection.');
    const results: { reading: number; making: number; time: number }[] = [];
    let size = 0;
    for (let round = 0; round < rounds; round++) {
      let json = '';
      const reading = await held(async () => {
        json = await store.read(connection.path, signal, { asked: true, notBefore: performance.now() });
      });
      size = json.length;
      let time = 0;
      const making = await held(async () => {
        time = await timed(() => Promise.all([1, 2].map(() => makeText({ json, ...how }, signal))));
      });
      results.push({ reading, making, time });
    }
    console.log(`\nComparing two texts of ${(size / 1e6).toFixed(1)} MB, median of ${rounds}`);
    for (const [name, key] of [
      ['longest hold while one is read', 'reading'],
      ['longest hold while both texts are made', 'making'],
    ] as const) {
      const holds = results.map((each) => each[key]);
      const most = Math.max(...holds);
      line(
        name,
        median(holds),
        'ms',
        goal(median(holds), wanted.compareHold, 'ms'),
        `worst ${most.toFixed(0)} ms`,
      );
    }
    line('time to make their texts', median(results.map(({ time }) => time)), 'ms');
  } finally {
    close();
  }
}
