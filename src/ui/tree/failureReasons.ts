import type * as vscode from 'vscode';
import * as l10n from '@vscode/l10n';
import { isAbort } from '../../core/base/abort';
import { toProblem } from '../../core/services/common/problem';
import type { Property } from '../../core/services/contract/properties';
import type { Resource } from '../../core/services/contract/resource';
import type { Session } from '../../core/services/contract/service';

/** How long a tooltip waits for its service. */
const TIMEOUT_MS = 10_000;

/** Why runs failed, for tooltips: read when the pointer rests on a row, and once for as long as the row is unchanged. */
export class FailureReasons {
  readonly #known = new WeakMap<Resource, readonly Property[]>();

  /** What was read; undefined if nothing was. */
  known(resource: Resource): readonly Property[] | undefined {
    return this.#known.get(resource);
  }

  /** Empty for a resource that did not fail, or whose tooltip is no longer wanted. Never rejects. */
  async of(
    session: Session | undefined,
    resource: Resource,
    token?: vscode.CancellationToken,
  ): Promise<readonly Property[]> {
    const known = this.#known.get(resource);
    if (known) return known;
    const { reports } = session ?? {};
    if (!reports?.explainsFailure(resource)) return [];
    const controller = new AbortController();
    const stop = (): void => {
      controller.abort();
    };
    const timer = setTimeout(stop, TIMEOUT_MS);
    const registration = token?.onCancellationRequested(stop);
    try {
      const { summary } = await reports.read(resource, {
        signal: controller.signal,
        priority: 'interactive',
      });
      this.#known.set(resource, summary);
      return summary;
    } catch (error) {
      return isAbort(error) ? [] : [{ label: l10n.t('Errors'), value: toProblem(error).title }];
    } finally {
      clearTimeout(timer);
      registration?.dispose();
    }
  }
}

/** The lines of a tooltip: the reasons first. What a reason says, with or without its count of items, is not repeated. */
export function withReasons(reasons: readonly Property[], facts: readonly Property[]): readonly Property[] {
  const isTold = ({ value }: Property): boolean =>
    reasons.some((reason) => reason.value === value || reason.value.startsWith(`${value} (`));
  return [...reasons, ...facts.filter((fact) => !isTold(fact))];
}
