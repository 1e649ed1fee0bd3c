import { comes } from './comes';
import type { Workbench } from './workbench';

/** The entries of the open quick pick that are on screen, in their order, each below its separator. */
async function shown({ page }: Workbench): Promise<readonly string[]> {
  return page.evaluate<readonly string[]>(`(() => {
    const rows = [...document.querySelectorAll('.quick-input-widget .monaco-list-row')];
    rows.sort((a, b) => Number(a.dataset.index) - Number(b.dataset.index));
    return rows.flatMap((row) => {
      const isShown = (part) => part && part.style.display !== 'none';
      const textIn = (part) => (isShown(part) ? part.textContent.trim() : '');
      const text = (name) => textIn(row.querySelector(name));
      const separator = text('.quick-input-list-separator');
      return [...(separator ? ['— ' + separator] : []), text('.label-name')];
    });
  })()`);
}

/** Runs a command and waits until its quick pick begins with some entries. @returns all that are on screen. */
export async function openPicker(
  workbench: Workbench,
  command: string,
  title: string,
  first: readonly (string | RegExp)[],
): Promise<readonly string[]> {
  await workbench.runCommand(command);
  await workbench.quickInput.filter({ hasText: title }).waitFor();
  return pickerRows(workbench, first);
}

/** Waits until the open quick pick begins with some entries. @returns all that are on screen. */
export async function pickerRows(
  workbench: Workbench,
  first: readonly (string | RegExp)[],
): Promise<readonly string[]> {
  let rows: readonly string[] = [];
  await workbench.until(`${first.join(', ')} on top`, async () => {
    rows = await shown(workbench);
    return first.every((text, at) =>
      typeof text === 'string' ? rows[at] === text : text.test(rows[at] ?? ''),
    );
  });
  return rows;
}

/** The names of visible entries that are repeated beside them. */
export async function namesRepeated({ page }: Workbench): Promise<readonly string[]> {
  return page.evaluate<readonly string[]>(`
    [...document.querySelectorAll('.quick-input-widget .monaco-list-row')].flatMap((row) => {
      const text = (part) => row.querySelector(part)?.textContent.trim();
      return text('.label-name') === text('.label-description') ? [text('.label-name')] : [];
    })`);
}

/** Refreshes the status of backfills and runs from the palette: one command and Enter. */
export async function refreshStatus(workbench: Workbench): Promise<void> {
  const title = 'Connections: Refresh Backfill Status';
  const first = workbench.quickInput.getByRole('option').first().filter({ hasText: title });
  await workbench.until('the command in the palette', async () => {
    await workbench.page.keyboard.press('F1');
    return (
      (await comes(workbench.input.fill(`>${title}`, { timeout: 4_000 }))) &&
      (await comes(first.waitFor({ timeout: 8_000 })))
    );
  });
  await workbench.input.press('Enter');
  await workbench.quickInput.waitFor({ state: 'hidden' });
}
