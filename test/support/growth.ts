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
  for (let attempt = 0; attempt < 4; attempt++) {
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
