import { join } from 'node:path';
import type { BrowserContext } from 'playwright-core';
import { root } from './paths';

/**
 * Whether what was logged tells of an error that the extension has a part in: what a provider throws, and promises that
 * nobody waits for. A tool tells a model so what is wrong.
 */
export function isFault(type: string, text: string): boolean {
  const isOfExtension = text.includes(join(root, 'dist')) && !text.includes('ToolError: ');
  return isOfExtension && ['warn', 'warning', 'error'].includes(type);
}

/** Gathers from now on the faults of the extension and the uncaught errors of its pages, in all windows of a browser. */
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
