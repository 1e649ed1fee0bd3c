import type { LogEntryModel, LogModel } from '../../../shared/models';

/** Entries with the text in any cell or in the status, ignoring case. */
export function filteredEntries({ entries }: LogModel, text: string): readonly LogEntryModel[] {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return entries;
  return entries.filter(({ cells, status }) =>
    [...cells, status?.text ?? ''].some((cell) => cell.toLowerCase().includes(wanted)),
  );
}

/** An entry as one line, for the clipboard. */
export function entryLine({ cells, status }: LogEntryModel): string {
  return [...cells, status?.text ?? ''].filter((cell) => cell !== '').join(', ');
}
