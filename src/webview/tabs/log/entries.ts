import type { LogEntryModel, LogModel } from '../../../shared/models';

/** Entries with the text in any cell, its tooltip or the status, ignoring case. */
export function filteredEntries({ entries }: LogModel, text: string): readonly LogEntryModel[] {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return entries;
  return entries.filter(({ cells, hints = [], status }) =>
    [...cells, ...hints, status?.text ?? ''].some((cell) => cell.toLowerCase().includes(wanted)),
  );
}

/** An entry as one line, for the clipboard. */
export function entryLine({ cells, hints = [], status }: LogEntryModel): string {
  return [...cells, ...hints, status?.text ?? ''].filter((cell) => cell !== '').join(', ');
}
