import { HttpError } from '../../http/errors';

/** A link, or undefined if an ID in it cannot be part of an address (`encodeSegment`): then the row has no link. */
export function linkOrNone(build: () => string | undefined): string | undefined {
  try {
    return build();
  } catch (error) {
    if (error instanceof HttpError) return undefined;
    throw error;
  }
}
