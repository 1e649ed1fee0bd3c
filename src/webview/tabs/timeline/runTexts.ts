import * as l10n from '@vscode/l10n';
import type { BarModel, ColumnModel, TableModel, TimelineModel } from '../../../shared/models';
import { plainText } from '../../../shared/plainText';
import { Formats } from '../../components/formats';

const MAX_REASON_CHARS = 300;

/** The date range that a run loads; undefined if unknown. */
function coverage({ covers }: BarModel, formats: Formats): string | undefined {
  if (!covers) return undefined;
  if (covers.all) return l10n.t('All data');
  const from = covers.from === undefined ? '…' : formats.moment(covers.from);
  return l10n.t('{0} to {1}', from, covers.to === undefined ? '…' : formats.moment(covers.to));
}

/** The known properties of a run, as labels and values. */
export function barFacts(
  bar: BarModel,
  now: number,
  formats: Formats,
): readonly (readonly [label: string, value: string])[] {
  const { created, started, completed, progress, reasons = [] } = bar;
  const began = Date.parse(started ?? created ?? '');
  const ended = completed === undefined && bar.status.state === 'running' ? now : Date.parse(completed ?? '');
  const facts: readonly (readonly [string, string | undefined])[] = [
    [l10n.t('Created'), created && formats.moment(created)],
    [l10n.t('Started'), started && formats.moment(started)],
    [l10n.t('Completed'), completed && formats.moment(completed)],
    [l10n.t('Duration'), ended >= began ? formats.length(ended - began) : undefined],
    [l10n.t('Date range'), coverage(bar, formats)],
    [l10n.t('Progress'), progress === undefined ? undefined : formats.share(progress)],
    ...reasons.map(({ label, value }) => [plainText(label), plainText(value, MAX_REASON_CHARS)] as const),
  ];
  return facts.flatMap(([label, value]) => (value ? [[label, value] as const] : []));
}

/** A run in one sentence, for a screen reader. */
export function barName(bar: BarModel, now: number, formats: Formats): string {
  const facts = barFacts(bar, now, formats).map(([label, value]) => `${label}: ${value}`);
  return [plainText(bar.label), plainText(bar.status.text), ...facts].join(', ');
}

/** The runs of a timeline as a table. */
export function runTable({ title, lanes }: TimelineModel): TableModel {
  const formats = new Formats();
  const rows = lanes.flatMap((lane) =>
    lane.bars.map((bar) => ({
      path: bar.path,
      id: getId(bar),
      name: bar.label,
      status: bar.status,
      cells: [
        lane.label,
        ...[bar.created ?? '', bar.started ?? '', bar.completed ?? ''],
        coverage(bar, formats) ?? '',
        bar.progress === undefined ? '' : formats.share(bar.progress),
      ],
    })),
  );
  const columns: readonly ColumnModel[] = [
    { id: 'lane', label: l10n.t('Belongs to'), kind: 'text' },
    { id: 'created', label: l10n.t('Created'), kind: 'date' },
    { id: 'started', label: l10n.t('Started'), kind: 'date' },
    { id: 'completed', label: l10n.t('Completed'), kind: 'date' },
    { id: 'covers', label: l10n.t('Date range'), kind: 'text' },
    { id: 'progress', label: l10n.t('Progress'), kind: 'text' },
  ];
  return {
    id: 'runs',
    title,
    source: '',
    columns,
    rows,
    loading: false,
    stale: false,
    more: false,
  };
}

/** The last segment of a path is the kind and the ID. */
function getId({ path }: BarModel): string {
  const last = path.slice(path.lastIndexOf('/') + 1);
  return last.slice(last.indexOf(':') + 1);
}
