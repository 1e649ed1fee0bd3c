import * as l10n from '@vscode/l10n';
import type { HttpError } from '../../core/http/errors';
import { problemOf } from '../../core/services/common/problem';
import { plainText } from '../../shared/plainText';

/** Characters of a line: about as many as a side of the diff editor shows. */
const lineLength = 40;

/**
 * What stands in the place of a side that cannot be read: of a file that fails, VS Code says no more than that it
 * failed. It is a list of lines, for every side is JSON.
 * @param name what the side is called.
 */
export function failureText(name: string, error: HttpError): string {
  const { detail, advice = '' } = problemOf(error);
  const sentences = [l10n.t('{0} could not be read.', plainText(name)), detail, advice];
  const lines = sentences.flatMap((sentence) => linesOf(sentence));
  return `${JSON.stringify(lines, undefined, 2)}\n`;
}

function linesOf(sentence: string): readonly string[] {
  return sentence.match(new RegExp(String.raw`\S.{0,${lineLength - 1}}(?=\s|$)|\S+`, 'gu')) ?? [];
}
