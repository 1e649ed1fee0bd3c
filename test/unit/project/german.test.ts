import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import * as v from 'valibot';
import { root } from '../../scripts/lib/paths';

interface Text {
  readonly key: string;
  readonly english: string;
  readonly german: string;
}

const readTexts = (name: string): Readonly<Record<string, string>> =>
  v.parse(v.record(v.string(), v.string()), JSON.parse(readFileSync(join(root, name), 'utf8')));

function readPairs(english: string, german: string): readonly Text[] {
  const translations = readTexts(german);
  return Object.entries(readTexts(english)).map(([key, text]) => ({
    key,
    english: text,
    german: translations[key] ?? '',
  }));
}

const manifestTexts = readPairs('package.nls.json', 'package.nls.de.json');
const texts = [...readPairs('l10n/bundle.l10n.json', 'l10n/bundle.l10n.de.json'), ...manifestTexts];

/** Terms that correspond in both languages: a text has both or neither. */
const TERMS: readonly (readonly [name: string, english: RegExp, german: RegExp])[] = [
  ['activate', /\b(?:de)?activat/i, /aktivier/i],
  [
    'enable',
    /\b(?:enabl|disabl(?!ed, or both))|\bturn o(?:n|ff)\b|\bare off\b/i,
    /(?:ein|aus)(?:ge|zu)?schalt|schalten sie .* (?:ein|aus)\b/i,
  ],
  ['validate', /\bvalidat|\bvalidation/i, /validier/i],
  ['dataset', /\bdatasets?\b(?!:)/i, /datens[aä]tz/i],
  ['cursor', /\bcursor\b/i, /\bcursor\b/i],
  ['rate limit', /\brate limit/i, /\banfragelimit/i],
  ['snapshot', /\bsnapshot/i, /\bmomentaufnahme/i],
  ['backfill', /\bbackfill/i, /\bbackfill/i],
  ['data view', /\bdata views?\b/i, /\bdatenansicht/i],
  ['watch', /\bwatch/i, /beobacht/i],
  ['owner', /\bowners?\b(?!:)/i, /besitzer|eigentümer/i],
  ['permission', /\bpermissions?\b/i, /berechtigung/i],
  ['pipeline', /\bpipelines?\b/i, /pipeline/i],
  ['copy', /\bcop(?:y|ied|ies)\b/i, /kopi/i],
  ['export', /\bexport/i, /export/i],
  ['task', /\btasks?\b/i, /aufgabe/i],
  ['resource', /\bresources?\b/i, /ressource/i],
  ['remove', /\bremov/i, /entfern/i],
];

/** Variants of terms, and spellings, in addition to those of VS Code's own German. */
const FORBIDDEN: Readonly<Record<string, RegExp>> = {
  'erstellen, not anlegen': /\banleg|\bangeleg/i,
  'Cursor, not Einfügemarke': /einfügemarke|schreibmarke|eingabemarke/i,
  'überprüfen, not prüfen': /(?<!über)\b(?:ge)?prüf/i,
  'Anfragelimit, not Ratenlimit': /ratenlimit|ratenbegrenzung/i,
  'Besitzer, not Eigentümer': /eigentümer/i,
  'Datensatz, not Dataset': /\bdatasets?\b(?!:)/i,
  'Anfrage, not Anforderung': /\banforderung/i,
  'Kennwort, not Passwort': /passw[oö]rt/i,
  'Diensts, not Dienstes': /\bdienstes\b/i,
  'Läufe, not Ausführungen': /\bausführung/i,
};

/** Files that write shell commands, JSON or HTML, or English for language models. */
const NO_MESSAGES = /curl\.ts$|typedSecrets\.ts$|draftSecrets\.ts$|webviewHtml\.ts$|[\\/]tools[\\/]/;

function failing(isWrong: (text: Text) => boolean, among = texts): readonly string[] {
  return among.filter(isWrong).map(({ key, german }) => `${key} => ${german}`);
}

describe('German texts', () => {
  it('quote as VS Code does: „…“, in pairs', () => {
    const count = (text: string, mark: string): number => text.split(mark).length;
    assert.deepEqual(
      failing(({ german }) => /["«»”‚‘]/u.test(german) || count(german, '„') !== count(german, '“')),
      [],
    );
    const quotes = (text: string): boolean => text.includes('"');
    assert.deepEqual(
      failing(({ english, german }) => quotes(english) && !german.includes('„')),
      [],
    );
  });

  it('end in the same ellipsis as the English ones, which is one character', () => {
    assert.deepEqual(
      failing(({ english, german }) => english.includes('...') || german.includes('...')),
      [],
    );
    assert.deepEqual(
      failing(({ english, german }) => english.endsWith('…') !== german.endsWith('…')),
      [],
    );
    assert.deepEqual(
      failing(({ english, german }) => english.endsWith('?') !== german.endsWith('?')),
      [],
    );
  });

  for (const [name, english, german] of TERMS) {
    it(`use one term for: ${name}`, () => {
      assert.deepEqual(
        failing((text) => english.test(text.english) !== german.test(text.german)),
        [],
      );
    });
  }

  for (const [rule, pattern] of Object.entries(FORBIDDEN)) {
    it(`say ${rule}`, () => {
      assert.deepEqual(
        failing(({ german }) => pattern.test(german)),
        [],
      );
    });
  }

  it('quote names in messages in the text itself, not with English quotation marks', () => {
    const folders = ['ui', 'features'].map((name) => join(root, 'src', name));
    const files = folders.flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
    );
    const found = files
      .filter((file) => file.endsWith('.ts') && !NO_MESSAGES.test(file))
      .filter((file) => /`[^`\n]*"\$\{/.test(readFileSync(file, 'utf8')));
    assert.deepEqual(found, []);
  });

  it('address people formally', () => {
    assert.deepEqual(
      failing(({ german }) => /\b(?:du|dein\w*|dich|dir|euch)\b/i.test(german)),
      [],
    );
  });
});

describe('Settings', () => {
  it('describe what they control, in both languages', () => {
    const descriptions = manifestTexts.filter(({ key }) => /^setting\.\w+$/.test(key));
    assert.ok(descriptions.length >= 7);
    assert.deepEqual(
      failing(
        ({ english, german }) => !english.startsWith('Controls ') || !/^Steuert(?:,| )/.test(german),
        descriptions,
      ),
      [],
    );
    const questions = descriptions.filter(({ english }) => /^Controls (?:whether|how)/.test(english));
    assert.ok(questions.length > 0);
    assert.deepEqual(
      failing(
        ({ english, german }) => english.startsWith('Controls whether') !== german.startsWith('Steuert, ob '),
        questions,
      ),
      [],
    );
  });
});
