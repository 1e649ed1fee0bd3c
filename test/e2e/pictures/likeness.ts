import pixelmatch from 'pixelmatch';
import { PNG } from 'pngjs';

/** What a picture is reduced to before it is compared: the average colours of overlapping squares, in pixels. */
const SQUARE_PX = 6;
const STEP_PX = 2;

/**
 * How far two average colours may be apart, where 1 is black and white, and how many squares of a window may be further
 * apart. Found by trying: letters with other edges stay below, and an icon of 16 pixels that is gone, another one, or
 * 8 pixels off, is above.
 */
const MOST_APART = 0.06;
const WINDOW_SQUARES = 8;
const MOST_SQUARES = 8;

/** How two pictures compare. */
export interface Likeness {
  readonly alike: boolean;
  /** What differs, in words; empty where nothing does. */
  readonly what: string;
  /** A PNG: the approved picture in pale gray, with differences in red. */
  readonly difference: Buffer;
}

/**
 * Compares two pictures as a person sees them from a distance: elements, places and colors. The rendering of letters
 * makes no difference, because it depends on the system.
 * @param approved a PNG, as is
 * @param taken another one
 */
export function compare(approved: Buffer, taken: Buffer): Likeness {
  const [a, b] = [PNG.sync.read(approved), PNG.sync.read(taken)];
  if (a.width !== b.width || a.height !== b.height) {
    const what = `${b.width} × ${b.height} pixels instead of ${a.width} × ${a.height}`;
    return { alike: false, what, difference: taken };
  }
  const [from, to] = [reduced(a), reduced(b)];
  const { width, height } = from;
  const shown = new PNG({ width, height });
  const options = { threshold: MOST_APART, includeAA: true };
  pixelmatch(from.data, to.data, shown.data, width, height, options);
  const most = pixelmatch(from.data, to.data, null, width, height, {
    ...options,
    windowSize: WINDOW_SQUARES,
  });
  const alike = most <= MOST_SQUARES;
  const what = alike ? '' : `${most} of ${WINDOW_SQUARES ** 2} squares of one place`;
  return { alike, what, difference: PNG.sync.write(enlarged(shown, a)) };
}

/** A pixel for each square. */
function reduced(png: PNG): PNG {
  const count = (pixels: number): number => Math.max(1, Math.floor((pixels - SQUARE_PX) / STEP_PX) + 1);
  const made = new PNG({ width: count(png.width), height: count(png.height) });
  for (let y = 0; y < made.height; y++) {
    for (let x = 0; x < made.width; x++) {
      const color = average(png, x * STEP_PX, y * STEP_PX);
      made.data.set([...color, 255], (y * made.width + x) * 4);
    }
  }
  return made;
}

function average({ width, height, data }: PNG, left: number, top: number): readonly number[] {
  const [right, bottom] = [Math.min(width, left + SQUARE_PX), Math.min(height, top + SQUARE_PX)];
  let [red, green, blue] = [0, 0, 0];
  for (let y = top; y < bottom; y++) {
    for (let at = (y * width + left) * 4; at < (y * width + right) * 4; at += 4) {
      red += data[at] ?? 0;
      green += data[at + 1] ?? 0;
      blue += data[at + 2] ?? 0;
    }
  }
  const pixels = (right - left) * (bottom - top);
  return [red, green, blue].map((sum) => Math.round(sum / pixels));
}

/** What {@link reduced} made, in the size of the picture that it was made of. */
function enlarged(small: PNG, { width, height }: PNG): PNG {
  const made = new PNG({ width, height });
  const offset = (SQUARE_PX - STEP_PX) / 2;
  const nearest = (pixel: number, most: number): number =>
    Math.min(most - 1, Math.max(0, Math.floor((pixel - offset) / STEP_PX)));
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from = (nearest(y, small.height) * small.width + nearest(x, small.width)) * 4;
      made.data.set(small.data.subarray(from, from + 4), (y * width + x) * 4);
    }
  }
  return made;
}
