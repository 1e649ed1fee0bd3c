import { join } from 'node:path';
import type { BrowserContext } from 'playwright-core';
import { root } from './paths';

/**
 * True if a log message reports an error that involves the extension: an exception in a provider, or an
 * unhandled rejection. Errors of language model tools are excluded, because they are meant for the model.
 */
export function isFault(type: string, text: string): boolean {
  const isOfExtension = text.includes(join(root, 'dist')) && !text.includes('ToolError: ');
  return isOfExtension && ['warn', 'warning', 'error'].includes(type);
}

/** Collects the extension's faults and the uncaught errors of its pages, in all windows of a browser. */
export function gatherFaults(context: BrowserContext): readonly string[] {
  const faults: string[] = [];
  context.on('console', (message) => {
    if (isFault(message.type(), message.text())) faults.push(message.text());
  });
  context.on('weberror', (webError) => {
    const { stack = String(webError.error()) } = webError.error();
    if (stack.includes('/dist/')) faults.push(stack);
  });
  return faults;
}
