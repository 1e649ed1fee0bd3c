/**
 * Text from outside for a message. VS Code makes links of `[text](command:…)` in messages, and runs the command at a
 * click: that is taken apart.
 */
export function messageText(text: string): string {
  return text.replaceAll('](', '] (');
}
