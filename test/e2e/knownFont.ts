import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { root } from '../scripts/lib/paths';

/** The family of {@link addKnownFont}. */
export const KNOWN_FONT = 'Open Sans of the tests';

const WEIGHTS = [400, 600];

/**
 * Gives a page a font that is the same on every machine. Where texts end and lines break is then the same as well, and
 * pictures can be compared.
 */
export async function addKnownFont(page: Page): Promise<void> {
  for (const weight of WEIGHTS) {
    const file = `node_modules/@fontsource/open-sans/files/open-sans-latin-${weight}-normal.woff2`;
    const data = readFileSync(join(root, file), 'base64');
    // Made of bytes: the policies of the pages let no font in that has an address.
    await page.evaluate(`(async () => {
      const bytes = Uint8Array.from(atob('${data}'), (letter) => letter.charCodeAt(0));
      const font = new FontFace('${KNOWN_FONT}', bytes, { weight: '${weight}' });
      document.fonts.add(await font.load());
    })()`);
  }
}
