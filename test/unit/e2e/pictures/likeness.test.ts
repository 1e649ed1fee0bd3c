import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { PNG } from 'pngjs';
import { approvedFolder } from '../../../e2e/pictures/gallery';
import { compare } from '../../../e2e/pictures/likeness';
import { palettePng } from '../../../e2e/pictures/palettePng';
import { root } from '../../../scripts/lib/paths';

type Colour = readonly [red: number, green: number, blue: number];

const BACKGROUND: Colour = [31, 31, 31];
const TEXT: Colour = [204, 204, 204];
const RED: Colour = [241, 76, 76];
const YELLOW: Colour = [226, 192, 46];

/** A picture that is drawn by hand: rows of an icon and a text, as a tree has them. */
interface Drawing {
  /** Horizontal offset of the letters in pixels, and the share of a pixel's color that goes to its neighbor. */
  readonly letters?: { readonly left: number; readonly soft: number };
  readonly icon?: (
    row: number,
  ) =>
    | { readonly left: number; readonly top: number; readonly radius: number; readonly colour: Colour }
    | undefined;
  readonly texts?: (row: number) => boolean;
}

const ROW_PX = 22;
const usualIcon = (row: number) => ({ left: 16, top: row * ROW_PX + 3, radius: 6, colour: RED });

function draw({
  letters = { left: 0, soft: 0 },
  icon = usualIcon,
  texts = () => true,
}: Drawing = {}): Buffer {
  const png = new PNG({ width: 300, height: 10 * ROW_PX });
  const dot = (x: number, y: number, colour: Colour): void => {
    png.data.set([...colour, 255], (y * png.width + x) * 4);
  };
  for (let y = 0; y < png.height; y++) for (let x = 0; x < png.width; x++) dot(x, y, BACKGROUND);
  for (let row = 0; row < 10; row++) {
    const ring = icon(row);
    // A ring, as of an icon, thin enough to be mostly background.
    for (let turn = 0; ring && turn < 100; turn++) {
      const [x, y] = [Math.cos(turn), Math.sin(turn)];
      for (const radius of [ring.radius, ring.radius + 1])
        dot(ring.left + 8 + Math.round(x * radius), ring.top + 8 + Math.round(y * radius), ring.colour);
    }
    for (let letter = 0; texts(row) && letter < 20 + row; letter++) drawLetter(dot, row, letter, letters);
  }
  return PNG.sync.write(png);
}

/** Two strokes and a bar, whose edges are as soft as the system draws them. */
function drawLetter(
  dot: (x: number, y: number, colour: Colour) => void,
  row: number,
  letter: number,
  { left, soft }: { readonly left: number; readonly soft: number },
): void {
  const [x, y] = [40 + letter * 8 + left, row * ROW_PX + 6];
  const faint = mixed(soft);
  for (let line = 0; line < 9; line++) {
    for (const stroke of [x, x + 4]) {
      dot(stroke, y + line, mixed(1 - soft));
      dot(stroke + 1, y + line, faint);
    }
  }
  for (let column = 1; column < 4; column++) dot(x + column, y + ((row + letter) % 9), TEXT);
}

function mixed(share: number): Colour {
  const part = (at: 0 | 1 | 2): number => Math.round(BACKGROUND[at] + (TEXT[at] - BACKGROUND[at]) * share);
  return [part(0), part(1), part(2)];
}

const usual = draw();

/** The fourth row has another icon. */
function fourth(change: Partial<ReturnType<typeof usualIcon>> | undefined): Buffer {
  return draw({
    icon: (row) => (row === 3 ? change && { ...usualIcon(row), ...change } : usualIcon(row)),
  });
}

describe('two pictures', () => {
  it('are alike if a system draws the letters differently', () => {
    assert.deepEqual(compare(usual, draw()).alike, true);
    for (const letters of [
      { left: 0, soft: 0.5 },
      { left: 1, soft: 0 },
      { left: 1, soft: 0.3 },
    ]) {
      assert.equal(compare(usual, draw({ letters })).what, '', JSON.stringify(letters));
    }
  });

  it('differ if an element is missing, moved or of another color', () => {
    const changed = {
      'no icon': fourth(undefined),
      'another shape': fourth({ radius: 4 }),
      'another colour': fourth({ colour: YELLOW }),
      'another place': fourth({ left: 8 }),
      'a line lower': fourth({ top: 4 * ROW_PX - 8 }),
      'no text': draw({ texts: (row) => row !== 3 }),
    };
    for (const [what, picture] of Object.entries(changed)) {
      const { alike, difference } = compare(usual, picture);
      assert.equal(alike, false, what);
      assert.equal(hasRed(difference, usualIcon(3)), what !== 'no text', what);
    }
  });

  it('differ if one is larger', () => {
    const small = PNG.sync.write(new PNG({ width: 300, height: 20 }));
    assert.deepEqual(compare(usual, small).what, '300 × 20 pixels instead of 300 × 220');
  });

  it('are alike if one was reduced to a palette', () => {
    const small = palettePng(PNG.sync.read(usual));
    assert.ok(small.length < usual.length);
    assert.equal(compare(small, usual).what, '');
  });
});

/** Whether a difference is drawn where an icon is. */
function hasRed(png: Buffer, { left, top }: { readonly left: number; readonly top: number }): boolean {
  const { width, data } = PNG.sync.read(png);
  const pixels = Array.from(
    { length: 16 * 16 },
    (_, at) => (top + Math.floor(at / 16)) * width + left + (at % 16),
  );
  return pixels.some((pixel) => data.readUIntBE(pixel * 4, 3) === 0xff0000);
}

describe('the approved pictures', () => {
  it('are small, and not part of the package', () => {
    const files = readdirSync(approvedFolder).map((name) => join(approvedFolder, name));
    assert.ok(files.length > 60);
    assert.ok(files.reduce((sum, file) => sum + statSync(file).size, 0) < 2_200_000);
    const [first] = readFileSync(join(root, '.vscodeignore'), 'utf8').split('\n');
    assert.equal(first, '**');
  });
});
