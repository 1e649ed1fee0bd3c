import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import manifest from '../../../package.json';
import english from '../../../package.nls.json';
import german from '../../../package.nls.de.json';
import { commands, contextKeys, views } from '../../../src/shared/contributions';
import { root } from '../../scripts/lib/paths';

type Texts = Readonly<Record<string, string>>;

const LANGUAGES: readonly (readonly [string, Texts])[] = [
  ['en', english],
  ['de', german],
];
const FOLDER = 'media/walkthrough';
/** The pages of the repository, as vsce and GitHub address them. */
const REPOSITORY_PAGES = `${manifest.homepage.replace('#readme', '')}/blob/HEAD/`;

const [walkthrough, ...others] = manifest.contributes.walkthroughs;
assert.ok(walkthrough);
const { steps } = walkthrough;

/** The text of a %key% of the manifest. */
function localize(texts: Texts, value: string): string {
  const text = texts[value.slice(1, -1)];
  assert.ok(text !== undefined && /^%.+%$/.test(value), value);
  return text;
}

const read = (file: string): string => readFileSync(join(root, file), 'utf8');

interface Link {
  readonly title: string;
  readonly target: string;
  readonly isButton: boolean;
}

/** The links of a description. VS Code draws those that have a line of their own as buttons. */
function getLinks(description: string): readonly Link[] {
  return description.split('\n').flatMap((line) =>
    [...line.matchAll(/\[([^\]]+)\]\(([^)]+)\)/g)].map(([whole, title = '', target = '']) => ({
      ...{ title, target },
      isButton: whole === line,
    })),
  );
}

/** The texts and the labels of a picture. */
function getWords(picture: string): readonly string[] {
  return [...picture.matchAll(/<text[^>]*>([^<]*)<|aria-label="([^"]*)"/g)].map(
    ([, text, label]) => text ?? label ?? '',
  );
}

describe('The walkthrough', () => {
  it('is one, and leads through sample data, signing in and the three jobs', () => {
    assert.deepEqual(others, []);
    assert.deepEqual(
      steps.map(({ id }) => id),
      ['sample', 'adobe', 'signIn', 'browse', 'copyId', 'followRuns'],
    );
  });

  it('is opened by a link of the welcome view, by its whole ID', () => {
    const id = `${manifest.publisher}.${manifest.name}#${walkthrough.id}`;
    const target = `command:workbench.action.openWalkthrough?${encodeURIComponent(JSON.stringify(id))}`;
    for (const [language, texts] of LANGUAGES) {
      const targets = getLinks(texts.welcome ?? '').map((link) => link.target);
      assert.ok(targets.includes(target), language);
    }
  });

  for (const [language, texts] of LANGUAGES) {
    for (const { id, title, description, media } of steps) {
      it(`has texts, buttons and a picture for ${id} in ${language}`, () => {
        assert.notEqual(localize(texts, title), '');
        const links = getLinks(localize(texts, description));
        assert.ok(
          links.some(({ isButton }) => isButton),
          'a button begins the step',
        );
        for (const link of links) assertLeadsSomewhere(link);
        for (const { target, title: name } of links) {
          const key = `command.${/^command:connectionsExplorer\.(\w+)$/.exec(target)?.[1] ?? ''}`;
          const command = texts[`${key}.short`] ?? texts[key];
          if (command !== undefined) assert.equal(name.replace('…', ''), command.replace('…', ''));
        }
        const picture = read(localize(texts, media.svg));
        // VS Code does not use the alternative text of an SVG, so the picture carries it too.
        assert.equal(getLabel(picture), localize(texts, media.altText));
        assert.notEqual(getLabel(picture), '');
      });
    }
  }

  it('completes its steps by context keys that the code sets for nothing else', () => {
    const events = steps.flatMap((step) => step.completionEvents);
    const keys = events.map((event) => event.replace(/^onContext:/, ''));
    assert.equal(new Set(keys).size, steps.length);
    for (const key of keys) assert.ok(Object.values<string>(contextKeys).includes(key), key);
  });

  it('has no unused picture', () => {
    const shown = LANGUAGES.flatMap(([, texts]) => steps.map(({ media }) => localize(texts, media.svg)));
    const files = readdirSync(join(root, FOLDER)).map((name) => `${FOLDER}/${name}`);
    assert.deepEqual(files.sort(), shown.sort());
    assert.ok(read('.vscodeignore').includes(`!${FOLDER}/*.svg`));
  });

  it('has pictures that differ between languages in words only', () => {
    const drawn = (picture: string): string =>
      picture.replaceAll(/(<text[^>]*>)[^<]*</g, '$1<').replace(/aria-label="[^"]*"/, '');
    for (const { media } of steps) {
      const [first = '', ...translated] = LANGUAGES.map(([, texts]) => read(localize(texts, media.svg)));
      for (const picture of translated) {
        assert.equal(drawn(picture), drawn(first), media.svg);
        assert.notDeepEqual(getWords(picture), getWords(first), media.svg);
      }
    }
  });

  it('has pictures in theme colors that VS Code can show', () => {
    for (const name of readdirSync(join(root, FOLDER))) {
      const picture = read(`${FOLDER}/${name}`);
      assert.match(picture, /^<svg [^>]*viewBox="[\d ]+" role="img" aria-label="/, name);
      const paints = [...picture.matchAll(/ (?:fill|stroke)="([^"]*)"/g)].map(([, paint]) => paint ?? '');
      for (const paint of paints) assert.match(paint, /^(?:none|var\(--vscode-.+\))$/, `${name}: ${paint}`);
      // The page that VS Code creates from it allows neither styles nor anything that is loaded.
      assert.doesNotMatch(picture, /style|class=|href|<image|<script|url\(|#[\da-f]{3}/i, name);
      assert.ok(picture.length < 4000, `${name} is small`);
    }
  });
});

function getLabel(picture: string): string | undefined {
  return /aria-label="([^"]*)"/.exec(picture)?.[1];
}

function assertLeadsSomewhere({ target }: Link): void {
  if (target.startsWith(REPOSITORY_PAGES)) {
    assert.ok(existsSync(join(root, target.slice(REPOSITORY_PAGES.length))), target);
  } else if (target.startsWith('command:')) {
    const ours: readonly string[] = Object.values(commands);
    const focusing = Object.values(views).map((view) => `${view}.focus`);
    assert.ok([...ours, ...focusing].includes(target.slice('command:'.length)), target);
  } else {
    assert.ok(
      ['https://developer.adobe.com/console', 'https://adminconsole.adobe.com'].includes(target),
      target,
    );
  }
}
