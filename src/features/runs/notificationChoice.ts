/** Which ends of watched runs are notified. */
export type NotificationChoice = 'all' | 'failures' | 'successes' | 'none';

/** The kinds of ends. Whatever did not fail, and had no warnings, is a success. */
export type EndKind = 'failures' | 'successes';

/** True if ends of a kind are notified. */
export function notifies(choice: NotificationChoice, kind: EndKind): boolean {
  return choice === 'all' || choice === kind;
}

/** The choice with one kind of ends muted. */
export function withoutKind(choice: NotificationChoice, kind: EndKind): NotificationChoice {
  const other = kind === 'failures' ? 'successes' : 'failures';
  return notifies(choice, other) ? other : 'none';
}
