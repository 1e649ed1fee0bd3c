import * as l10n from '@vscode/l10n';
import type { Run } from '../client/schemas';

/** The items that one step of a run passed and rejected. */
export interface Step {
  readonly name: string;
  readonly passed: number;
  readonly failed: number;
}

/** The steps of a run in order: as many as the response has, because their number differs between versions. */
export function toSteps({ passed = [], failed = [] }: Pick<Run, 'passed' | 'failed'>): readonly Step[] {
  const length = Math.max(passed.length, failed.length);
  return Array.from({ length }, (_, index) => ({
    name: stepName(index, length),
    passed: count(passed[index]),
    failed: count(failed[index]),
  }));
}

/** The name of a step. @param index from 0. @param length the number of steps of a run. */
export function stepName(index: number, length: number): string {
  return stepNames(length)[index] ?? l10n.t('Step {0}', index + 1);
}

/** Number of failed items in all steps. */
export function failedCount(run: Pick<Run, 'passed' | 'failed'>): number {
  return toSteps(run).reduce((sum, { failed }) => sum + failed, 0);
}

/** The number of received and finished items, as text; undefined if nothing was received. */
export function countsText(run: Run): string | undefined {
  const steps = toSteps(run);
  const received = steps[0]?.passed ?? 0;
  const failed = failedCount(run);
  if (received === 0 && failed === 0) return undefined;
  const words = [l10n.t('{0} received', received), l10n.t('{0} finished', steps.at(-1)?.passed ?? 0)];
  return [...words, ...(failed > 0 ? [l10n.t('{0} failed', failed)] : [])].join(', ');
}

/** The names of 7 steps, or of 6 without the consent step (source). For any other number, the names are unknown. */
function stepNames(length: number): readonly string[] {
  const consent = length === 7 ? [l10n.t('Consent')] : [];
  if (length !== 6 && length !== 7) return [];
  return [
    l10n.t('Receive'),
    l10n.t('Input validation'),
    l10n.t('Filter'),
    ...consent,
    l10n.t('Transformation'),
    l10n.t('Output validation'),
    l10n.t('Finalize'),
  ];
}

function count(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : 0;
}
