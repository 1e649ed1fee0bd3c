import { plainText } from '../shared/plainText';

/** Characters of one line; VS Code itself cuts notifications at 1,000. */
const MAX_LINE_LENGTH = 2000;

/**
 * Text for a message, prompt, title or progress: VS Code turns `[text](command:…)` in these into links that run
 * commands, wherever the text came from. What follows `]` is moved away from it, and control characters go.
 * Line breaks stay, because modal dialogs show them.
 */
export function inertText(text: string): string {
  return text
    .split('\n')
    .map((line) => plainText(line, MAX_LINE_LENGTH).replaceAll('](', '] ('))
    .join('\n');
}

/** Text where VS Code also draws icons for `$(name)`: entries of quick picks and the status bar. */
export function inertLabel(text: string): string {
  return inertText(text).replaceAll('$(', '$ (');
}
