/**
 * Milliseconds of the longest time that a work keeps all else of the process from being done. In processor time, so that
 * what else the machine is busy with does not count.
 */
export async function held(work: () => Promise<unknown>): Promise<number> {
  let longest = 0;
  let running = true;
  let last = spent();
  const look = (): void => {
    const now = spent();
    longest = Math.max(longest, now - last);
    last = now;
    if (running) setImmediate(look);
  };
  look();
  await work();
  running = false;
  return Math.max(longest, spent() - last);
}

/** Milliseconds of processor time. */
function spent(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
