import * as l10n from '@vscode/l10n';
import type { HttpError } from '../../core/http/errors';
import { toProblem } from '../../core/services/common/problem';
import { plainText } from '../../shared/plainText';

/** Characters of a line: about as many as a side of the diff editor shows. */
const MAX_LINE_CHARS = 40;

/**
 * What stands in the place of a side that cannot be read: of a file that fails, VS Code says no more than that it
 * failed. It is a list of lines, for every side is JSON.
 * @param name what the side is called.
 */
export function failureText(name: string, error: HttpError): string {
  const { detail, advice = '' } = toProblem(error);
  const sentences = [l10n.t('{0} could not be read.', plainText(name)), detail, advice];
  const lines = sentences.flatMap((sentence) => toLines(sentence));
  return `${JSON.stringify(lines, undefined, 2)}\n`;
}

function toLines(sentence: string): readonly string[] {
  return sentence.match(new RegExp(String.raw`\S.{0,${MAX_LINE_CHARS - 1}}(?=\s|$)|\S+`, 'gu')) ?? [];
}
