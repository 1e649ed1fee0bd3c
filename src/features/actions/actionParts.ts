import { join } from 'node:path';
import type * as vscode from 'vscode';
import type { KnownSecrets } from '../../core/redaction/knownSecrets';
import type { Store } from '../../core/store/store';
import type { NotificationSuppressor } from '../runs/notificationSuppressor';
import { OAuthUriHandler } from './oauthUriHandler';
import { DraftFiles } from './draftFiles';
import { Drafts } from './drafts';
import type { RunningActions } from './runningActions';
import { ActionRunner } from './actionRunner';
import { PreviewDocuments } from './previewDocuments';

/** Dependencies of actions. */
export interface ActionContext {
  readonly store: Store;
  readonly suppressor: NotificationSuppressor;
  readonly ongoing: RunningActions;
  readonly secrets: KnownSecrets;
  /** `publisher.name`. */
  readonly extensionId: string;
  /** The extension's global storage folder. */
  readonly storage: vscode.Uri;
}

export interface ActionParts {
  readonly drafts: Drafts;
  readonly runner: ActionRunner;
  readonly consents: OAuthUriHandler;
  dispose(): void;
}

export function createActionParts({ extensionId, storage, ...context }: ActionContext): ActionParts {
  const { secrets } = context;
  const texts = new PreviewDocuments();
  const drafts = new Drafts({ files: new DraftFiles(join(storage.fsPath, 'drafts')), texts, secrets });
  const consents = new OAuthUriHandler(extensionId, secrets);
  const runner = new ActionRunner({ ...context, drafts, texts, consents });
  return {
    drafts,
    runner,
    consents,
    dispose: () => {
      // Users are disposed of before what they use.
      for (const part of [runner, drafts, texts]) part.dispose();
    },
  };
}
