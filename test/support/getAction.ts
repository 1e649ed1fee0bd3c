import assert from 'node:assert/strict';
import type { Action, ActionInfo, GetActions } from '../../src/core/services/contract/action';
import type { Resource } from '../../src/core/services/contract/resource';

/** Actions with a document have these members, see `Action`. */
type CompleteAction = Action & Required<Pick<Action, 'draft' | 'preview' | 'consent'>>;

/**
 * The action of a resource with that ID. Fails the test if it is not offered, or lacks a member that is
 * called.
 */
export function getAction(actions: GetActions | undefined, resource: Resource, id: string): CompleteAction {
  const action = actions?.(resource).find((each) => each.id === id);
  assert.ok(action, `${resource.label} does not offer ${id}`);
  const missing = (): never => assert.fail(`${id} has no document`);
  return { draft: missing, preview: missing, consent: () => Promise.resolve(undefined), ...action };
}

/** An action to display only: calling its functions fails. */
export function idleAction(info: ActionInfo): Action {
  return { ...info, perform: () => assert.fail(`${info.id} is not performed`) };
}

/** The actions of a session that offers one action without input for each verb, for any resource. */
export function idleActions(...verbs: readonly ActionInfo['verb'][]): GetActions {
  const input = { kind: 'none' } as const;
  return () =>
    verbs.map((verb) => idleAction({ id: verb, verb, title: verb, confirmation: 'harmless', input }));
}
