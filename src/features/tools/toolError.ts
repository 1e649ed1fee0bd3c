import { plainText } from '../../shared/plainText';

/** The longest message: a model reads all of it. */
const MAX_LENGTH = 2000;

/**
 * A failure in words that a language model can act on. English, as all that models read here. The message is one clean
 * line, whatever names of services are in it.
 */
export class ToolError extends Error {
  override readonly name = 'ToolError';

  constructor(message: string, options?: ErrorOptions) {
    super(plainText(message, MAX_LENGTH), options);
  }
}
