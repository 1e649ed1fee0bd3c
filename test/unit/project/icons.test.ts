import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { pictures } from 'tab-icons';
import { KINDS } from '../../../src/shared/kinds';
import { root } from '../../scripts/lib/paths';

const panel = join(root, 'dist', 'panel');

/** Icons by name, with their characters, in a style sheet as written or minified. */
function getIcons(css: string): ReadonlyMap<string, number> {
  const rules = css.matchAll(/\.codicon-([a-z0-9-]+):before\s*\{\s*content:\s*"(?:\\([0-9a-f]+)|(.))"/gu);
  return new Map(
    [...rules].map(([, name = '', code, character = '']) => [
      name,
      code === undefined ? (character.codePointAt(0) ?? 0) : parseInt(code, 16),
    ]),
  );
}

/** The characters that a font has a glyph for, by its table `cmap` in format 4, see the OpenType specification. */
function getCharacters(font: Buffer): ReadonlySet<number> {
  const entries = Array.from({ length: font.readUInt16BE(4) }, (_, at) => 12 + 16 * at);
  const entry =
    entries.find((at) => font.toString('latin1', at, at + 4) === 'cmap') ?? assert.fail('no cmap');
  const cmap = font.subarray(font.readUInt32BE(entry + 8));
  const tables = Array.from({ length: cmap.readUInt16BE(2) }, (_, at) => cmap.readUInt32BE(8 + 8 * at));
  const table = cmap.subarray(tables.find((at) => cmap.readUInt16BE(at) === 4) ?? assert.fail('no format 4'));
  const segments = table.readUInt16BE(6) / 2;
  const characters = Array.from({ length: segments }, (_, at) => {
    const end = table.readUInt16BE(14 + 2 * at);
    const start = table.readUInt16BE(16 + 2 * segments + 2 * at);
    return Array.from({ length: end - start + 1 }, (_each, offset) => start + offset);
  });
  return new Set(characters.flat());
}

function getFiles(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(join(root, folder, name), 'utf8'));
}

describe('the icons of the panel', () => {
  const all = getIcons(readFileSync(join(root, 'node_modules/@vscode/codicons/dist/codicon.css'), 'utf8'));
  const ours = getIcons(readFileSync(join(panel, 'codicon.css'), 'utf8'));
  const fonts = readdirSync(panel).filter((name) => name.endsWith('.ttf'));

  it('are those that the webview and the rows name, each with the character of the whole font', () => {
    const words = new Set(
      [
        ...getFiles('src')
          .join('\n')
          .matchAll(/'([a-z][a-z0-9-]*)'/g),
      ].map(([, word]) => word),
    );
    const named = [...all].filter(([name]) => words.has(name));
    assert.ok(named.length > 60, `${named.length}`);
    for (const [name, character] of named) assert.equal(ours.get(name), character, name);
  });

  it('have a glyph each in the one font, which has few others', () => {
    assert.equal(fonts.length, 1);
    const font = readFileSync(join(panel, fonts[0] ?? ''));
    const characters = getCharacters(font);
    for (const [name, character] of ours) assert.ok(characters.has(character), name);
    assert.ok(ours.size < all.size / 3 && characters.size <= ours.size + 1);
    assert.ok(font.length < 40_000, `${font.length} bytes`);
  });

  it('have complete names in the code, because composed ones would be left out', () => {
    const made = getFiles('src/webview').flatMap(
      (text) => text.match(/icon(?:Button)?\(`[^`]*`|codicon-\$\{\w+\}/g) ?? [],
    );
    assert.deepEqual(made, ['codicon-${name}']);
  });

  it('are pictures for the tabs of all kinds that a panel can show, in colors that follow the theme', () => {
    const icons = Object.entries(KINDS).flatMap(([kind, { icon }]) => (kind === 'more' ? [] : [icon]));
    for (const icon of [...icons, 'warning'])
      assert.match(pictures[icon] ?? '', /^<svg .*fill="currentColor"/, icon);
  });
});
