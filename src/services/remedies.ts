import type { Problem } from './service';

/** What a person can do at once about a failure. */
export type Remedy = 'retry' | 'editAccount';

/** What is offered wherever a failure is told, in this order. */
export function remediesOf({
  retry,
  editsAccount,
}: Pick<Problem, 'retry' | 'editsAccount'>): readonly Remedy[] {
  return [...(retry ? ['retry' as const] : []), ...(editsAccount ? ['editAccount' as const] : [])];
}
