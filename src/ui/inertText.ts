import { plainText } from '../shared/plainText';

/** The maximum length of a line; VS Code itself truncates notifications at 1,000 characters. */
const MAX_LINE_LENGTH = 2000;

/**
 * Text for a message, prompt, title or progress: VS Code renders `[text](command:…)` in these as links that
 * run commands, whatever the source of the text. What follows `]` is separated from it, and control
 * characters are removed. Line breaks are kept, because modal dialogs show them.
 */
export function inertText(text: string): string {
  return text
    .split('\n')
    .map((line) => plainText(line, MAX_LINE_LENGTH).replaceAll('](', '] ('))
    .join('\n');
}

/**
 * Text for places in which VS Code also renders icons for `$(name)`: quick pick entries and the status bar.
 */
export function inertLabel(text: string): string {
  return inertText(text).replaceAll('$(', '$ (');
}
