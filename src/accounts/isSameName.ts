import { cleanLine } from '../text/plainText';

/** True if a person typed the name of an account as it is shown. Blanks do not count: some are shown that are not there. */
export function isSameName(typed: string, name: string): boolean {
  const [one, other] = [typed, name].map((text) => cleanLine(text).replaceAll(/\s/g, ''));
  return one !== '' && one === other;
}
