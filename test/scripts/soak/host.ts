import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { startSampleService, type SampleService } from '../../../src/sample/server';
import { launchBrowser } from '../lib/browser';
import { runHostSuite } from '../lib/hostSuite';
import { newest } from '../lib/npmHost';
import { out } from '../lib/paths';
import { SERVICE_IDS } from '../../support/service';
import { findLeaks, type Allowances } from './figures';

/**
 * Allowed growth since the first fifth, in a process shared with VS Code and its own extensions, whose caches
 * and logs grow too. The result file names what grew most.
 */
const allowances: Allowances = {
  ...{ heap: 16 * 1024 * 1024, data: 3 * 1024 * 1024 },
  ...{ timers: 20, listeners: 10, sockets: 10, files: 12 },
  // The extension host does not see the window's copy of globalState; the simulated soak does.
  entries: Infinity,
};

const figures = v.object({
  ...{ heap: v.number(), data: v.number(), timers: v.number(), listeners: v.number(), sockets: v.number() },
  ...{ entries: v.number(), files: v.number() },
});
const result = v.object({ first: figures, last: figures, rounds: v.number(), grown: v.array(v.string()) });

/**
 * Runs a real VS Code for some minutes.
 * @param leaks names of leaks to plant in each round, see `leaksOf`.
 * @returns what grew.
 */
export async function soakHost(minutes: number, leaks = ''): Promise<readonly string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'soak-host-'));
  const file = join(folder, 'result.json');
  const sample = await startSampleService({ rate: 0, connections: 20, datasets: 4, backfills: 3 });
  const stop = beEventful(sample);
  const browser = await launchBrowser();
  try {
    await runHostSuite(newest, browser, {
      tests: join(out, 'scripts', 'soak', 'hostSuite.js'),
      env: {
        SOAK_MINUTES: String(minutes),
        SOAK_RESULT: file,
        SOAK_LEAKS: leaks,
        SOAK_ACCOUNTS: JSON.stringify(
          SERVICE_IDS.map((service) => ({ service, ...sample.credentials(service) })),
        ),
      },
      limit: (minutes + 4) * 60_000,
    });
    const { first, last, rounds, grown } = v.parse(result, JSON.parse(await readFile(file, 'utf8')));
    console.log(`host: ${rounds} rounds in ${minutes} minutes`, first, last);
    for (const line of grown) console.log(line);
    return findLeaks(first, last, allowances).map((leak) => `In the extension host, ${leak}`);
  } finally {
    stop();
    await browser.close();
    await sample.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/**
 * In every minute, runs start and end, and then all services fail for ten seconds. @returns what stops that.
 */
function beEventful(sample: SampleService): () => void {
  const begin = (): void => {
    for (const id of askedFor(sample)) sample.cja.beginBackfill(id);
    sample.clearRequests();
  };
  const mends: (() => void)[] = [];
  const mend = (): void => {
    for (const each of mends.splice(0)) each();
  };
  const steps: readonly (readonly [atSecond: number, step: () => void])[] = [
    [0, begin],
    [
      25,
      () => {
        sample.cja.finishBackfills();
      },
    ],
    [40, () => mends.push(sample.inject({ match: { path: /./ }, status: 503, body: {} }))],
    [50, mend],
  ];
  const timers = steps.map(([atSecond, step]) =>
    setTimeout(() => {
      step();
      timers.push(setInterval(step, 60_000));
    }, atSecond * 1000),
  );
  return () => {
    for (const timer of timers) clearTimeout(timer);
    mend();
  };
}

/** The connections that were requested recently. */
function askedFor({ requests }: SampleService): ReadonlySet<string> {
  return new Set(requests.flatMap(({ path }) => /\/data\/connections\/(dg_\w+)/.exec(path)?.[1] ?? []));
}
