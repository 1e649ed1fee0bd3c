const plantedLeaks = ['memory', 'listener', 'timer'] as const;

/** Something to be left behind again and again, to show that a soak notices it. */
export type PlantedLeak = (typeof plantedLeaks)[number];

/** @param names with commas between them; others than those of leaks are passed by. */
export function leaksOf(names = ''): readonly PlantedLeak[] {
  return plantedLeaks.filter((name) => names.split(',').includes(name));
}
