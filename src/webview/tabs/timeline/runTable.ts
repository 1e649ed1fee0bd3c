import * as l10n from '@vscode/l10n';
import type { BarModel, ColumnModel, TableModel, TimelineModel } from '../../../shared/models';
import { Formats } from '../../components/formats';
import { coverage } from './words';

/** All runs of a timeline as a table: the same in words. */
export function runTable({ lanes }: TimelineModel): TableModel {
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
    title: l10n.t('Runs'),
    source: '',
    columns,
    rows,
    loading: false,
    stale: false,
    more: false,
  };
}

/** The last step of a path is the kind and the id. */
function getId({ path }: BarModel): string {
  const last = path.slice(path.lastIndexOf('/') + 1);
  return last.slice(last.indexOf(':') + 1);
}
