/** The words of a text or of a name in camelCase, snake_case or kebab-case, in lower case. Digits are no words. */
export function splitWords(text: string): readonly string[] {
  const words = text.normalize('NFKC').match(/\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+|\p{Lo}+/gu) ?? [];
  return words.map((word) => word.toLowerCase());
}
