import { launchBrowser, openContext } from '../scripts/lib/browser';
import { gatherFaults } from '../scripts/lib/faults';
import {
  newest,
  startHost,
  type HostOptions,
  type HostVersion,
  type WindowOptions,
} from '../scripts/lib/npmHost';
import { root } from '../scripts/lib/paths';
import { endOnSignals } from '../scripts/lib/program';
import { writeAccountsHelper } from './accounts';
import { LONGEST_WAIT_MS, Workbench } from './workbench';

/** A window and everything behind it. */
export interface OpenWorkbench {
  readonly workbench: Workbench;
  /** The errors of the extension that VS Code and the pages have logged so far. */
  readonly faults: readonly string[];
  /** Ends the window, the browser and the server. */
  readonly close: () => Promise<void>;
}

/** How a window is opened. */
export interface WorkbenchOptions extends HostOptions {
  /** The newest without it. */
  readonly version?: HostVersion;
  /**
   * The language of extensions, such as `de`; VS Code's own texts stay English, because its language packs are not
   * installed.
   */
  readonly language?: string;
}

/**
 * Opens a VS Code with an empty profile, for one scenario.
 * @param window options; by default, the project's own extension in development mode, in a light window in which
 * `addAccount` works
 */
export async function openWorkbench(
  { version = newest, language, ...options }: WorkbenchOptions = {},
  window?: WindowOptions,
): Promise<OpenWorkbench> {
  if (process.listenerCount('SIGTERM') === 0) endOnSignals();
  const host = await startHost(version, { ...options, ...(window ? {} : { builtIn: writeAccountsHelper }) });
  const browser = await launchBrowser();
  const context = await openContext(browser, { viewport: { width: 1280, height: 800 } });
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: host.origin });
  context.setDefaultTimeout(LONGEST_WAIT_MS);
  // As the file of a language pack does, which the workbench loads before itself.
  if (language !== undefined) await context.addInitScript(`globalThis._VSCODE_NLS_LANGUAGE = '${language}'`);
  const faults = gatherFaults(context);
  const page = await context.newPage();
  const workbench = new Workbench(page, host.profile);
  const close = async (): Promise<void> => {
    await browser.close();
    await host.stop();
  };
  try {
    await page.goto(host.url(window ?? { extension: root }));
    await workbench.ready();
    return { workbench, faults, close };
  } catch (error) {
    await workbench.screenshot('did-not-open');
    await close();
    throw error;
  }
}
