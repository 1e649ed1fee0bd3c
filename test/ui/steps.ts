import { after, before, describe, it } from 'node:test';
import type { HostOptions } from '../run/lib/npmHost';
import { openWorkbench, type OpenWorkbench } from './openWorkbench';
import type { Workbench } from './workbench';

/** Tells one step of a walk. */
export type Step = (name: string, walk: (workbench: Workbench) => Promise<void>) => void;

/**
 * A walk through one window that all its steps share: each goes on where the one before it ended, as a person would.
 * Of a step that fails there is a picture in out/screenshots.
 */
export function walkThrough(title: string, tell: (step: Step) => void, options: HostOptions = {}): void {
  describe(title, () => {
    let open: OpenWorkbench;
    before(async () => {
      open = await openWorkbench(options);
    });
    after(() => open.close());
    tell((name, walk) => {
      it(name, async () => {
        try {
          await walk(open.workbench);
        } catch (error) {
          await open.workbench.screenshot(`failed - ${name.replaceAll(/[^\w ]/g, '')}`);
          await open.workbench.dismiss();
          throw error;
        }
      });
    });
  });
}
