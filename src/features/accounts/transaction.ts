/** Registers what takes a step back. To be called before the step, because one that fails may have been done. */
export type OnFailure = (undo: () => PromiseLike<void>) => void;

/**
 * Does several steps of which all or none shall last: if one fails, those before it are taken back, the last one first.
 * A step that cannot be taken back does not keep the others from it.
 * @throws what the failed step throws.
 */
export async function allOrNothing<T>(work: (onFailure: OnFailure) => Promise<T>): Promise<T> {
  const undoing: (() => PromiseLike<void>)[] = [];
  try {
    return await work((undo) => {
      undoing.unshift(undo);
    });
  } catch (error) {
    for (const undo of undoing) {
      try {
        await undo();
      } catch {
        // The error that is thrown says more. What is left does not match, and is refused or deleted later.
      }
    }
    throw error;
  }
}
