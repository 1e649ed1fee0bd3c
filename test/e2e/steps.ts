import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { WindowOptions } from '../scripts/lib/npmHost';
import { openWorkbench, type OpenWorkbench, type WorkbenchOptions } from './openWorkbench';
import type { Workbench } from './workbench';

/** Tells one step of a walk. */
export type Step = (name: string, walk: (workbench: Workbench) => Promise<void>) => void;

/**
 * A scenario in one window that all its steps share: each continues where the one before it ended, as a person would.
 * A step that fails ends the scenario, and leaves a picture in out/screenshots. An error of the extension fails it
 * too.
 * @param window as for `openWorkbench`
 */
export function walkThrough(
  title: string,
  declareSteps: (step: Step) => void,
  options: WorkbenchOptions = {},
  window?: WindowOptions,
): void {
  describe(title, () => {
    let open: OpenWorkbench;
    let stopped = false;
    before(async () => {
      open = await openWorkbench(options, window);
    });
    after(() => open.close());
    declareSteps((name, walk) => {
      it(name, async (test) => {
        if (stopped) {
          test.skip('an earlier step failed');
          return;
        }
        try {
          await walk(open.workbench);
        } catch (error) {
          stopped = true;
          await open.workbench.screenshot(`failed - ${name.replaceAll(/[^\w ]/g, '')}`);
          throw error;
        }
      });
    });
    it('logs no error of the extension or of its pages', () => {
      assert.deepEqual(open.faults, []);
    });
  });
}

/** The settings with which every click shows details, in the active editor group. */
export const CLICKS_SHOW_DETAILS = {
  'connectionsExplorer.clickAction': 'showDetails',
  'connectionsExplorer.detailsPosition': 'active',
} as const;

/** Like `walkThrough`, in a window in which a click on a row shows its details, even if it can be expanded. */
export function walkThroughDetails(title: string, declareSteps: (step: Step) => void): void {
  walkThrough(title, declareSteps, { settings: CLICKS_SHOW_DETAILS });
}
