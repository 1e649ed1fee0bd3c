/** A day, in milliseconds. */
export const day = 86_400_000;

/** A time in milliseconds since 1970, as responses spell it. */
export function isoDate(time: number): string {
  return new Date(time).toISOString();
}
