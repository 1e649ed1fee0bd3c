/**
 * Runs the main function of a program of test/scripts/ and ends the process with its exit code, so that nothing hangs:
 * a time limit, Ctrl+C and an error all end it, and with it every child it started.
 * @param limit milliseconds after which the program is a failure; none for one that runs until Ctrl+C
 */
export function program(main: () => Promise<number>, limit?: number): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => process.exit(130));
  if (limit !== undefined) {
    setTimeout(() => {
      console.error(`Not done after ${limit / 1000} s.`);
      process.exit(1);
    }, limit).unref();
  }
  main().then(
    (code) => process.exit(code),
    (error: unknown) => {
      console.error(error instanceof Error ? (error.stack ?? error.message) : error);
      process.exit(1);
    },
  );
}

/** Makes a signal end this process in order: what runs at its exit, such as the end of its children, does run. */
export function endOnSignals(): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => process.exit(130));
}
