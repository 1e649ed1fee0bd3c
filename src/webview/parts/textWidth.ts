/** Measures lines of text in the page's font. @returns what gives the pixels that a text takes. */
export function textWidth(weight: 'normal' | '600' = 'normal'): (text: string) => number {
  const { fontFamily, fontSize } = getComputedStyle(document.body);
  const pen = document.createElement('canvas').getContext('2d');
  if (!pen) return (text) => text.length * 8;
  pen.font = `${weight} ${fontSize} ${fontFamily}`;
  return (text) => pen.measureText(text).width;
}
