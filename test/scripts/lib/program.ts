/**
 * Runs the main function of a program of test/scripts/ and exits with its result, so that nothing hangs: a
 * time limit, Ctrl+C or an error ends the process and all its children.
 * @param limit milliseconds after which the program fails; none for a program that runs until Ctrl+C
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

/** Makes signals exit this process normally, so that exit handlers run, which end its children. */
export function endOnSignals(): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => process.exit(130));
}
