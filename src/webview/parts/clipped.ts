import { plainText } from '../../text/plainText';
import { element } from '../element';

/** The most characters of a text that are drawn, and that its tooltip holds: a server may send a megabyte. */
const drawn = 300;
const told = 2000;
/** The most characters of a text of several lines. */
const longest = 600;

/** A server's text on one line, kept apart from the direction of the text around it; its tooltip has more of it. */
export function clipped(text: string): HTMLElement {
  return element(
    'span',
    { className: 'clipped', dir: 'auto', title: plainText(text, told) },
    plainText(text, drawn),
  );
}

/** A server's text with its lines, kept apart from the direction of the text around it. */
export function paragraph(text: string): HTMLElement {
  const lines = text
    .slice(0, longest)
    .split(/\r?\n/, 30)
    .map((line) => plainText(line, told));
  const rest = text.length > longest ? '…' : '';
  return element('span', { className: 'lines', dir: 'auto' }, lines.join('\n').trim() + rest);
}
