import { redact, redactName, type SecretValues } from '../redaction/redact';

/** Maximum number of causes that are logged. */
const MAX_CAUSES = 3;

/** Maximum number of stack frames of each error. */
const MAX_FRAMES = 20;

/** Maximum length of a message, in characters. */
const MAX_MESSAGE_CHARS = 1000;

/**
 * Formats an unexpected error for a log: its class, its redacted message, and stack frames. Never throws, whatever was
 * thrown.
 */
export function formatError(error: unknown, secrets: SecretValues): string {
  const lines: string[] = [];
  let current: unknown = error;
  for (let count = 0; count <= MAX_CAUSES && (count === 0 || current !== undefined); count++) {
    const about = describe(current);
    const message = redact(about.message.slice(0, MAX_MESSAGE_CHARS), secrets, { cut: true });
    lines.push(`${count > 0 ? 'caused by ' : ''}${about.name}${message === '' ? '' : `: ${message}`}`);
    lines.push(...about.frames.map((frame) => redactName(frame, secrets)));
    current = about.cause;
  }
  return lines.join('\n');
}

interface Unchecked {
  readonly message: unknown;
  readonly stack?: unknown;
  readonly cause?: unknown;
}

interface Described {
  readonly name: string;
  readonly message: string;
  readonly frames: readonly string[];
  readonly cause: unknown;
}

function describe(error: unknown): Described {
  try {
    if (!(error instanceof Error))
      return { name: typeof error, message: String(error), frames: [], cause: undefined };
    // These properties may have any value.
    const { message, stack = '', cause }: Unchecked = error;
    const name = /^[\w$]{1,60}$/.test(error.name) ? error.name : 'Error';
    return { name, message: String(message), frames: toFrames(String(stack), String(message)), cause };
  } catch {
    // A getter or `toString` throws.
    return { name: 'unknown', message: '', frames: [], cause: undefined };
  }
}

/** The stack frames, without the message at the beginning of the stack, which may contain anything. */
function toFrames(stack: string, message: string): readonly string[] {
  const at = stack.indexOf(message);
  const rest = message === '' || at < 0 ? stack : stack.slice(at + message.length);
  const frames = rest
    .split('\n')
    .filter((line) => /^\s+at [\w$.<>[\] ]{0,200}\(?[^()]{1,400}:\d+:\d+\)?$/.test(line));
  return frames.slice(0, MAX_FRAMES);
}
