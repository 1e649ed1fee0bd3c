/**
 * Records which points were reached. It is placed next to the files that {@link instrument} creates.
 * Points are written soon after they are reached, not only at exit, because an extension host is killed.
 */
const SOON_MS = 200;

/** The beginning of the message by which a page, which has no files, tells the points to the program that opened it. */
export const REACHED = 'points reached: ';

/** Kept before tests install fake timers. */
const { setTimeout: later } = globalThis;
const write = typeof process === 'undefined' ? log : writer(process.env.COVERAGE_FOLDER);
const numbers = new Set<number>();
const state = { isWaiting: false };

if (write && write !== log) process.once('exit', write);

/** @param number of the point */
export function reached(number: number): void {
  if (!write || numbers.has(number)) return;
  numbers.add(number);
  if (state.isWaiting) return;
  state.isWaiting = true;
  const timer: unknown = later(write, SOON_MS);
  if (typeof timer === 'object' && timer && 'unref' in timer) (timer as NodeJS.Timeout).unref();
}

function log(): void {
  state.isWaiting = false;
  console.debug(REACHED + JSON.stringify([...numbers]));
}

function writer(folder: string | undefined): (() => void) | undefined {
  if (folder === undefined) return undefined;
  // An import would have to be resolved for the page too.
  const { writeFileSync } = process.getBuiltinModule('node:fs');
  const file = `${folder}/${process.pid}-${Math.random().toString(36).slice(2)}.json`;
  return () => {
    state.isWaiting = false;
    writeFileSync(file, JSON.stringify([...numbers]));
  };
}
