import * as l10n from '@vscode/l10n';

/** The texts of CodeMirror, by the English ones that it asks for. */
export function phrases(): Readonly<Record<string, string>> {
  return {
    Find: l10n.t('Find'),
    next: l10n.t('Next'),
    previous: l10n.t('Previous'),
    all: l10n.t('Select all'),
    'match case': l10n.t('Match case'),
    regexp: l10n.t('Regular expression'),
    'by word': l10n.t('Whole word'),
    close: l10n.t('Close'),
    'current match': l10n.t('Current match'),
    'on line': l10n.t('on line'),
    'Fold line': l10n.t('Fold'),
    'Unfold line': l10n.t('Unfold'),
    'folded code': l10n.t('Folded'),
    unfold: l10n.t('Unfold'),
    'Folded lines': l10n.t('Folded lines'),
    'Unfolded lines': l10n.t('Unfolded lines'),
    to: l10n.t('to'),
    'Control character': l10n.t('Control character'),
    'Go to line': l10n.t('Go to line'),
    go: l10n.t('Go'),
  };
}
