import { HttpError } from '../../http/errors';

/** A link, or none where an id in it cannot be part of an address (`encodeSegment`): the row is shown without it. */
export function linkOrNone(build: () => string | undefined): string | undefined {
  try {
    return build();
  } catch (error) {
    if (error instanceof HttpError) return undefined;
    throw error;
  }
}
