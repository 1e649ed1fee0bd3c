import * as vscode from 'vscode';
import { inNotification } from '../../ui/cancellation';
import { type BatchVerb, batchDetail, batchQuestion, rowName } from '../../ui/commands/batchTexts';
import type { ResourcePath } from '../../core/services/contract/path';
import type { Resource } from '../../core/services/contract/resource';
import { plainText } from '../../shared/plainText';
import { ask, showInformation } from '../../ui/messages';
import { askToType, questionAbout, verbPhrase } from './confirmAction';
import { prepareStep, runSteps, type BatchStep, type BatchStepContext, type LeftOut } from './batchSteps';
import type { LostAnswers } from './lostAnswers';
import { reportResults } from '../../ui/commands/reportResults';

export interface BatchContext extends Omit<BatchStepContext, 'notifySucceeded'> {
  /** Refreshes lists. */
  readonly refresh: (paths: readonly ResourcePath[]) => Promise<void>;
  readonly lost: Pick<LostAnswers, 'has'>;
}

/**
 * Runs a verb's action on each of several resources: asks once, shows progress, continues after failures, and
 * reports each result.
 */
export async function performSeveral(
  context: BatchContext,
  resources: readonly Resource[],
  verb: BatchVerb,
): Promise<void> {
  const offers = await Promise.all(resources.map((resource) => prepareStep(context, resource, verb)));
  const steps = offers.filter((offer) => 'action' in offer);
  const leftOut = offers.filter((offer) => 'reason' in offer);
  const agreed = await agreeToAll(context, verb, steps, leftOut);
  const [first] = agreed;
  if (!first) return;
  const title = verbPhrase(first.action);
  const notifySucceeded = (count: number, total: number): void => {
    void showInformation(vscode.l10n.t('{0}: {1} of {2} succeeded.', title, count, total));
  };
  const { results, changed } = await inNotification(title, (signal, report) =>
    runSteps({ ...context, notifySucceeded }, agreed, {
      signal,
      report: (position, { names }) => {
        report(vscode.l10n.t('{0} of {1}: {2}', position, agreed.length, rowName({ names })));
      },
    }),
  );
  // Failures to read appear in the rows.
  const refreshing = context.refresh(changed).catch(() => undefined);
  reportResults(title, results, leftOut);
  await refreshing;
}

/**
 * Asks once for all: by name if an account is production, and about lost answers. @returns the steps to run.
 */
async function agreeToAll(
  { lost }: BatchContext,
  verb: BatchVerb,
  steps: readonly BatchStep[],
  leftOut: readonly LeftOut[],
): Promise<readonly BatchStep[]> {
  const [first, ...others] = steps;
  const detail = batchDetail(steps, leftOut);
  if (!first) {
    const message = vscode.l10n.t('Not available for any of the selected rows.');
    await ask({ message, detail, buttons: [], informs: true, harmless: true });
    return [];
  }
  const single = questionAbout(first.request);
  const message = others.length > 0 ? batchQuestion(verb, steps.length) : single.message;
  const { yes, ...texts } = single;
  const answer = await ask({ ...texts, message, detail, buttons: [yes] });
  if (answer !== yes || !(await typeAccounts(message, steps))) return [];
  return withoutLost(first, steps, lost);
}

/** Asks for the name of each production account to be typed. @returns false if one was not. */
async function typeAccounts(message: string, steps: readonly BatchStep[]): Promise<boolean> {
  const accounts = new Map(steps.map((step) => [step.account.id, step]));
  for (const { account, service } of accounts.values()) {
    if (!account.production) continue;
    const place = [plainText(account.name), service, vscode.l10n.t('Production')].join(' · ');
    if (!(await askToType(plainText(account.name), message, place))) return false;
  }
  return true;
}

/** Asks about steps whose last answer was lost. @returns the steps to run. */
async function withoutLost(
  { action }: BatchStep,
  steps: readonly BatchStep[],
  lost: BatchContext['lost'],
): Promise<readonly BatchStep[]> {
  const open = steps.filter(({ request }) => lost.has(request));
  if (open.length === 0) return steps;
  const [again, leave] = [vscode.l10n.t('Send Again'), vscode.l10n.t('Skip')];
  const message = vscode.l10n.t(
    '{0}: The response was lost for {1} of these resources, so it may already have succeeded. Send again?',
    verbPhrase(action),
    open.length,
  );
  const rest = steps.filter((step) => !open.includes(step));
  const buttons = rest.length > 0 ? [again, leave] : [again];
  const answer = await ask({ message, detail: batchDetail(open, []), buttons });
  return answer === again ? steps : answer === leave ? rest : [];
}
