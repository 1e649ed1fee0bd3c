import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContext } from 'playwright-core';
import { REACHED } from '../coverage/recorder';

/** While coverage is measured, keeps the points that the pages of a browser reach beside those of other processes. */
export function keepReachedPoints(context: BrowserContext): void {
  const folder = process.env.COVERAGE_FOLDER;
  if (folder === undefined) return;
  context.on('console', (message) => {
    const text = message.text();
    if (text.startsWith(REACHED))
      writeFileSync(join(folder, `page-${randomUUID()}.json`), text.slice(REACHED.length));
  });
}
