import { plainText } from '../../shared/plainText';

type Properties<Tag extends keyof HTMLElementTagNameMap> = Partial<
  Omit<HTMLElementTagNameMap[Tag], 'style' | 'dataset' | 'children' | 'classList' | 'innerHTML' | 'outerHTML'>
>;

/** Creates an element. Texts become text nodes, never markup. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  properties: Properties<Tag> = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

const namespace = 'http://www.w3.org/2000/svg';

/** Creates an SVG element. Texts become text nodes, never markup. */
export function svg<Tag extends keyof SVGElementTagNameMap>(
  tag: Tag,
  attributes: Readonly<Record<string, string | number>> = {},
  ...children: readonly (Node | string)[]
): SVGElementTagNameMap[Tag] {
  const made = document.createElementNS(namespace, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  made.append(...children);
  return made;
}

/** Replaces children without detaching those that stay, so that none loses focus or scroll position. */
export function reconcileChildren(parent: Element, wanted: readonly Element[]): void {
  const focused = document.activeElement;
  const staying = new Set(wanted);
  for (const child of [...parent.children]) if (!staying.has(child)) child.remove();
  let at = parent.firstElementChild;
  for (const child of wanted) {
    if (child === at) at = at.nextElementSibling;
    else parent.insertBefore(child, at);
  }
  if (focused instanceof HTMLElement && document.activeElement !== focused && parent.contains(focused))
    focused.focus({ preventScroll: true });
}

/** Limits of a text and its tooltip: a server may send a megabyte. */
const MAX_DRAWN_CHARS = 300;
const MAX_TITLE_CHARS = 2000;

const MAX_MEASURED_CHARS = 600;

/** A server's text on one line, isolated from the surrounding text direction; its tooltip shows more of it. */
export function ellipsis(text: string): HTMLElement {
  return element(
    'span',
    { className: 'clipped', dir: 'auto', title: plainText(text, MAX_TITLE_CHARS) },
    plainText(text, MAX_DRAWN_CHARS),
  );
}

/** A server's text with line breaks, isolated from the surrounding text direction. */
export function paragraph(text: string): HTMLElement {
  const lines = text
    .slice(0, MAX_MEASURED_CHARS)
    .split(/\r?\n/, 30)
    .map((line) => plainText(line, MAX_TITLE_CHARS));
  const rest = text.length > MAX_MEASURED_CHARS ? '…' : '';
  return element('span', { className: 'lines', dir: 'auto' }, lines.join('\n').trim() + rest);
}

/** Gives an element a tooltip, which screen readers read too. */
export function hinted(shown: HTMLElement, hint: string | undefined): HTMLElement {
  if (hint === undefined) return shown;
  shown.title = plainText(hint, MAX_TITLE_CHARS);
  return element('span', {}, shown, element('span', { className: 'exact' }, `, ${shown.title}`));
}

/** @returns a function that measures the width of a line of text in pixels, in the document's font. */
export function textWidth(weight: 'normal' | '600' = 'normal'): (text: string) => number {
  const { fontFamily, fontSize } = getComputedStyle(document.body);
  const pen = document.createElement('canvas').getContext('2d');
  if (!pen) return (text) => text.length * 8;
  pen.font = `${weight} ${fontSize} ${fontFamily}`;
  return (text) => pen.measureText(text).width;
}
