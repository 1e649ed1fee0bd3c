import { plainText } from '../../shared/plainText';
import * as v from 'valibot';

/** The maximum length of a message, because a model reads all of it. */
const MAX_LENGTH = 2000;

/**
 * An error with a message that a language model can act on. English, as all texts for models. The message is
 * a single line, whatever the names in it contain.
 */
export class ToolError extends Error {
  override readonly name = 'ToolError';

  constructor(message: string, options?: ErrorOptions) {
    super(plainText(message, MAX_LENGTH), options);
  }
}

/** The maximum number of items in a response. The model can request more. */
export const MAX_ITEMS = 100;

/** The maximum length of a text in a model's input. */
export const MAX_INPUT_LENGTH = 500;

const text = v.pipe(v.string(), v.maxLength(MAX_INPUT_LENGTH));
const paging = {
  limit: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MAX_ITEMS)), 25),
  cursor: v.optional(v.pipe(v.string(), v.regex(/^\d{1,9}$/)), '0'),
};

const states = v.optional(
  v.array(v.picklist(['running', 'queued', 'failed', 'warning', 'ok', 'inactive', 'unknown'])),
);

/** The input schema of each tool. package.json declares the same schemas; a test compares the two. */
export const toolInputs = {
  connectionsExplorer_listConnections: v.object({
    account: v.optional(text),
    query: v.optional(text),
    states,
    ...paging,
  }),
  connectionsExplorer_getConnection: v.object({ id: text, ...paging }),
  connectionsExplorer_listRuns: v.object({
    account: v.optional(text),
    connection: v.optional(text),
    states,
    ...paging,
  }),
  connectionsExplorer_findId: v.object({ id: text, ...paging }),
} as const;

export type ToolName = keyof typeof toolInputs;

/** The validated input of a tool. */
export type ToolInput<Name extends ToolName> = v.InferOutput<(typeof toolInputs)[Name]>;

/** Validates the input of a model. @throws ToolError that says which part is invalid, and why. */
export function checkedInput<Name extends ToolName>(name: Name, input: unknown): ToolInput<Name> {
  const result = v.safeParse(toolInputs[name], input);
  if (result.success) return result.output;
  const [issue] = result.issues;
  const member = v.getDotPath(issue);
  throw new ToolError(`Invalid input${member === null ? '' : ` for "${member}"`}: ${issue.message}`);
}
