const plantedLeaks = ['memory', 'listener', 'timer'] as const;

/** A leak to plant repeatedly, to test that a soak detects it. */
export type PlantedLeak = (typeof plantedLeaks)[number];

/** @param names separated by commas; unknown ones are ignored. */
export function getLeaks(names = ''): readonly PlantedLeak[] {
  return plantedLeaks.filter((name) => names.split(',').includes(name));
}
