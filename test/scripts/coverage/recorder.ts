/**
 * Records which points were reached. It is placed next to the files that {@link instrument} creates. In a page it
 * records nothing.
 * Points are written soon after they are reached, not only at exit, because an extension host is killed.
 */
const SOON_MS = 200;

/** Kept before tests install fake timers. */
const { setTimeout: later } = globalThis;
const write = typeof process === 'undefined' ? undefined : writer(process.env.COVERAGE_FOLDER);
const numbers = new Set<number>();
const state = { isWaiting: false };

if (write) process.once('exit', write);

/** @param number of the point */
export function reached(number: number): void {
  if (!write || numbers.has(number)) return;
  numbers.add(number);
  if (state.isWaiting) return;
  state.isWaiting = true;
  later(write, SOON_MS).unref();
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
