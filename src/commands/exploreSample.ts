import * as vscode from 'vscode';
import type { Accounts } from '../accounts/accounts';
import { tellError } from '../accounts/tell';
import { views } from '../manifest';
import type { Service } from '../services/service';
import type { Handler } from './handler';
import { showQuickPick } from '../ui/quickInput';

/** What exploring the samples works with. */
export interface ExploreContext {
  readonly accounts: Pick<Accounts, 'list' | 'add'>;
  readonly services: readonly Service[];
}

/**
 * Shows sample data: the account of a service's sample is added where there is none. The sample is started by the
 * first session. The id of a service as argument chooses it; without one the user does.
 */
export function exploreSample(context: ExploreContext): Handler {
  return async (serviceId) => {
    const given = context.services.filter(({ id }) => id === serviceId);
    const chosen = given.length > 0 ? given : await choose(context.services);
    try {
      for (const service of chosen ?? []) await add(context, service);
      if (chosen) await vscode.commands.executeCommand(`${views.connections}.focus`);
    } catch (error) {
      tellError(error);
    }
  };
}

async function choose(services: readonly Service[]): Promise<readonly Service[] | undefined> {
  const each = services.map((service) => ({ label: service.title, chosen: [service] as readonly Service[] }));
  const all = { label: vscode.l10n.t('All of them'), chosen: services };
  const title = vscode.l10n.t('Explore the Sample Data of');
  return (await showQuickPick([...each, all], { title }))?.chosen;
}

async function add({ accounts, services }: ExploreContext, service: Service): Promise<void> {
  if (accounts.list().some((account) => account.sample && account.service === service.id)) return;
  const sample = vscode.l10n.t('Sample Data');
  // The first service is the main one; others say whose samples they are.
  const name = service === services[0] ? sample : `${sample} – ${service.title}`;
  await accounts.add({ service: service.id, name, sample: true, settings: {} }, {});
}
