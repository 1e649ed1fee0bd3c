/**
 * Text as Markdown that shows it as it is: all but letters, digits and single blanks as a character reference, so that
 * nothing is read as markup, HTML, an icon or a link. `MarkdownString.appendText` would make every blank one that no
 * line breaks at, and tear words apart at the edge of the tooltip.
 */
export function markdownText(text: string): string {
  return text.replaceAll(/[^\p{L}\p{N} ]| (?= )/gu, (character) => `&#${String(character.codePointAt(0))};`);
}
