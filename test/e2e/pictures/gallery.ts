import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, screenshots } from '../../scripts/lib/paths';
import { PNG } from 'pngjs';
import { compare } from './likeness';
import { palettePng } from './palettePng';

/** The pictures that a person has approved. */
export const approvedFolder = join(root, 'test/e2e/pictures/approved');

/** Has pictures that differ take the place of the approved ones. */
export const APPROVE = 'APPROVE_PICTURES';

/** Compares pictures with the approved ones whose names begin the same. */
export class Gallery {
  readonly #taken = new Set<string>();

  /** @param prefix what the names of its pictures begin with; no other gallery's do. */
  constructor(readonly prefix: string) {}

  /**
   * Compares a picture with the approved one of its name. If it differs, both and the difference are written to
   * out/screenshots/; or it is approved, if {@link APPROVE} is set.
   * @param png a PNG
   * @returns the difference, in a line for people; undefined if there is none
   */
  look(part: string, png: Buffer): string | undefined {
    const name = `${this.prefix}-${part}`;
    this.#taken.add(`${name}.png`);
    const path = join(approvedFolder, `${name}.png`);
    const approved = existsSync(path) ? readFileSync(path) : undefined;
    const likeness = approved && compare(approved, png);
    if (likeness?.alike === true) return undefined;
    if (process.env[APPROVE] !== undefined) {
      mkdirSync(approvedFolder, { recursive: true });
      writeFileSync(path, palettePng(PNG.sync.read(png)));
      console.log(`approved: ${name}`);
      return undefined;
    }
    mkdirSync(screenshots, { recursive: true });
    const leave = (what: string, data: Buffer | undefined): void => {
      if (data) writeFileSync(join(screenshots, `${name}.${what}.png`), data);
    };
    leave('taken', png);
    leave('approved', approved);
    leave('difference', likeness?.difference);
    return `${name}: ${likeness?.what ?? 'nobody has approved a picture of it'}`;
  }

  /**
   * The approved pictures that were not compared: they show something that no longer exists. Removes them when
   * approving.
   */
  leftOver(): readonly string[] {
    const names = readdirSync(approvedFolder).filter((name) => name.startsWith(`${this.prefix}-`));
    const others = names.filter((name) => !this.#taken.has(name));
    if (process.env[APPROVE] === undefined) return others;
    for (const name of others) rmSync(join(approvedFolder, name));
    return [];
  }
}

/** What a test says that found pictures to differ. */
export function advice(differences: readonly string[]): string {
  return [
    'These look different from the approved pictures:',
    ...differences.map((text) => `  ${text}`),
    'Look at NAME.taken.png, NAME.approved.png and NAME.difference.png in out/screenshots/.',
    'Where that is as wanted: npm run pictures -- --approve',
  ].join('\n');
}
