import { join } from 'node:path';
import type * as vscode from 'vscode';
import type { KnownSecrets } from '../../core/redaction/knownSecrets';
import type { Store } from '../../core/store/store';
import type { NotificationSuppressor } from '../runs/mutes';
import { Consents } from './consents';
import { DraftFiles } from './draftFiles';
import { Drafts } from './drafts';
import type { Ongoing } from './ongoing';
import { Performer } from './performer';
import { VirtualTexts } from './virtualTexts';

/** What actions are done with. */
export interface ActionContext {
  readonly store: Store;
  readonly mutes: NotificationSuppressor;
  readonly ongoing: Ongoing;
  readonly secrets: KnownSecrets;
  /** Publisher and name of the extension. */
  readonly extensionId: string;
  /** The folder of the extension for all windows. */
  readonly storage: vscode.Uri;
}

/** All that does actions. */
export interface ActionParts {
  readonly drafts: Drafts;
  readonly performer: Performer;
  readonly consents: Consents;
  dispose(): void;
}

/** Makes all that does actions, once. */
export function createActionParts({ extensionId, storage, ...context }: ActionContext): ActionParts {
  const { secrets } = context;
  const texts = new VirtualTexts();
  const drafts = new Drafts({ files: new DraftFiles(join(storage.fsPath, 'drafts')), texts, secrets });
  const consents = new Consents(extensionId, secrets);
  const performer = new Performer({ ...context, drafts, texts, consents });
  return {
    ...{ drafts, performer, consents },
    dispose: () => {
      // What is used outlives its users.
      for (const part of [performer, drafts, texts]) part.dispose();
    },
  };
}
