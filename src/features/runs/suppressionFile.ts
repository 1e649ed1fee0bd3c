import * as v from 'valibot';

const muteFile = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({ id: v.string(), path: v.string(), until: v.number() }),
);

/** A mute as its file holds it. */
export type SuppressionFile = v.InferOutput<typeof muteFile>;

/** @returns undefined for the text of a file that is damaged. */
export function parseSuppression(text: string): SuppressionFile | undefined {
  const { success, output } = v.safeParse(muteFile, text);
  return success ? output : undefined;
}
