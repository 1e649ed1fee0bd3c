import assert from 'node:assert/strict';

/** Four times the text takes four times as long if the time is linear, sixteen times if it is quadratic. */
const MAX_RATIO = 9;

/** Shorter times are noise, in milliseconds. */
const NOISE_MS = 6;

/** Processor time in milliseconds, which a busy machine does not increase as it does wall-clock time. */
function cpuMilliseconds(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** The least of so many attempts is taken: other work of the process, such as collecting garbage, only ever adds. */
const MAX_ATTEMPTS = 4;

/**
 * Fails if the cost of some work grows faster than its size.
 * @param measureCost milliseconds of processor time for a size.
 * @param size the smaller of the two that are compared.
 */
export async function assertLinearCost(
  name: string,
  measureCost: (size: number) => number | Promise<number>,
  size: number,
): Promise<void> {
  const measured: string[] = [];
  let [least, leastOfMany] = [Infinity, Infinity];
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    least = Math.min(least, await measureCost(size));
    leastOfMany = Math.min(leastOfMany, await measureCost(4 * size));
    if (leastOfMany < NOISE_MS || leastOfMany < MAX_RATIO * least) return;
    measured.push(`${least.toFixed(1)} and ${leastOfMany.toFixed(1)} ms`);
  }
  assert.fail(`${name}: ${measured.join(', ')}`);
}

/**
 * Fails if the time of some work grows faster than its text.
 * @param shape makes a text of at least that many characters.
 * @param chars the length of the shorter of the two texts.
 */
export function assertLinear(
  name: string,
  work: (text: string) => unknown,
  shape: (chars: number) => string,
  chars: number,
): void {
  const [short, long] = [shape(chars), shape(4 * chars)];
  const measured: string[] = [];
  let [shortTime, longTime] = [Infinity, Infinity];
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    shortTime = Math.min(
      shortTime,
      cpuMilliseconds(() => work(short)),
    );
    longTime = Math.min(
      longTime,
      cpuMilliseconds(() => work(long)),
    );
    if (longTime < NOISE_MS || longTime < MAX_RATIO * shortTime) return;
    measured.push(`${shortTime} and ${longTime} ms`);
  }
  assert.fail(`${name} of ${JSON.stringify(long.slice(0, 60))}: ${measured.join(', ')}`);
}
