import * as l10n from '@vscode/l10n';
import { markdownText } from '../../ui/text';
import { plainText } from '../../shared/plainText';
import type { ToolName } from './toolInput';

/** Confirmation before a tool runs, and the progress text while it does. */
export interface Question {
  readonly title: string;
  /** Markdown, in which the model's input is escaped. */
  readonly message: string;
  readonly doing: string;
}

/** The question of a tool. @param input as the model wrote it, unchecked. */
export function toQuestion(name: ToolName, input: object): Question {
  const message = l10n.t(
    'Reads data from your accounts and makes no changes. Names, IDs and status are passed to the language model. Input: {0}',
    markdownText(plainText(JSON.stringify(input), 300)),
  );
  return { ...toQuestionTexts(name), message };
}

function toQuestionTexts(name: ToolName): Omit<Question, 'message'> {
  switch (name) {
    case 'connectionsExplorer_listConnections':
      return { title: l10n.t('List connections?'), doing: l10n.t('Listing connections') };
    case 'connectionsExplorer_getConnection':
      return { title: l10n.t('Get a connection?'), doing: l10n.t('Getting a connection') };
    case 'connectionsExplorer_listRuns':
      return { title: l10n.t('List runs?'), doing: l10n.t('Listing runs') };
    case 'connectionsExplorer_findId':
      return { title: l10n.t('Look up an ID?'), doing: l10n.t('Looking up an ID') };
  }
}
