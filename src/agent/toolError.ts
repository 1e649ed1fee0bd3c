/** A failure in words that a language model can act on. English, as all that models read here. */
export class ToolError extends Error {
  override readonly name = 'ToolError';
}
