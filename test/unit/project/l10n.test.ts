import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import { HttpError, type HttpErrorKind } from '../../../src/core/http/errors';
import { readError } from '../../../src/core/services/cja/client/errors';
import { toProperties } from '../../../src/core/services/cja/details/properties';
import {
  backfillResource,
  connectionResource,
  dataViewsGroup,
} from '../../../src/core/services/cja/levels/resources';
import { connectionSchema } from '../../../src/core/services/cja/client/schemas';
import { readError as readDatadogError } from '../../../src/core/services/datadog/client/errors';
import { createActions } from '../../../src/core/services/immuta/actions/actions';
import { Operations } from '../../../src/core/services/immuta/client/operations';
import { readError as readImmutaError } from '../../../src/core/services/immuta/client/errors';
import { readError as readKrenalisError } from '../../../src/core/services/krenalis/client/errors';
import { accountPath } from '../../../src/core/services/contract/path';
import { brokenItem, toProblem } from '../../../src/core/services/common/problem';
import { loadedServices } from '../../support/loadedServices';
import type { Resource } from '../../../src/core/services/contract/resource';
import type { ResourceKind } from '../../../src/shared/kinds';
import type { StatusState } from '../../../src/shared/status';
import { render } from '../../../src/ui/tree/render';
import { root } from '../../scripts/lib/paths';

type Texts = Readonly<Record<string, string>>;

const source = join(root, 'src');
const readTexts = (name: string): Texts =>
  v.parse(v.record(v.string(), v.string()), JSON.parse(readFileSync(join(root, name), 'utf8')));
const namesIn = (folder: string, pattern: RegExp): readonly string[] =>
  readdirSync(join(root, folder)).flatMap((name) => pattern.exec(name)?.[1] ?? []);

const bundle = readTexts('l10n/bundle.l10n.json');
const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => ({ name, contents: readFileSync(join(source, name), 'utf8') }));

/** The text of a literal in the code. */
function valueOf(literal: string): string {
  return literal.slice(1, -1).replaceAll(/\\(u[\da-f]{4}|.)/gi, (_, mark: string) => {
    if (mark.startsWith('u')) return String.fromCharCode(Number.parseInt(mark.slice(1), 16));
    return mark === 'n' ? '\n' : mark;
  });
}

describe('The bundle of texts', () => {
  it('holds exactly the texts of the code; else run: npm run l10n', () => {
    // As the exporter of VS Code finds them, to which `scripts/texts` compares the bundle.
    const calls = files.flatMap(({ contents }) => [
      ...contents.matchAll(/l10n\.t\(\s*('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")/gs),
    ]);
    const used = new Set(calls.map(([, literal = '']) => valueOf(literal)));
    assert.deepEqual(Object.keys(bundle).sort(), [...used].sort());
  });

  it('covers every text: each one is a literal, because others are not exported', () => {
    for (const { name, contents } of files) {
      assert.doesNotMatch(contents, /l10n\.t\(\s*[^'"\s]/, name);
    }
  });
});

describe('The translations', () => {
  const languages = namesIn('l10n', /^bundle\.l10n\.(.+)\.json$/);
  const pairs = languages.flatMap((language): readonly (readonly [string, Texts, Texts])[] => [
    [language, bundle, readTexts(`l10n/bundle.l10n.${language}.json`)],
    [language, readTexts('package.nls.json'), readTexts(`package.nls.${language}.json`)],
  ]);

  it('exist for the code and for package.json', () => {
    assert.deepEqual(namesIn('.', /^package\.nls\.(.+)\.json$/), languages);
  });

  it('have every text, and no unused one', () => {
    for (const [language, english, translated] of pairs) {
      assert.deepEqual(Object.keys(translated).sort(), Object.keys(english).sort(), language);
    }
  });

  it('keep placeholders, links and line breaks', () => {
    const kept = (text: string): readonly string[] =>
      (text.match(/\{\d+\}|\(command:[^)]*\)|\n|@\w+|https?:\/\/[\w./]*\w/g) ?? []).toSorted();
    for (const [language, english, translated] of pairs) {
      for (const [key, text] of Object.entries(english)) {
        assert.deepEqual(kept(translated[key] ?? ''), kept(text), `${language}: ${text}`);
      }
    }
  });

  it('leave no sentence in English', () => {
    for (const [language, english, translated] of pairs) {
      const left = Object.entries(english).filter(
        ([key, text]) => text.endsWith('.') && translated[key] === text,
      );
      assert.deepEqual(left, [], language);
    }
  });
});

describe('In another language', () => {
  // Every translation is in brackets, and nothing in the fixtures is written in Latin letters.
  const pseudo = Object.fromEntries(Object.entries(bundle).map(([key, text]) => [key, `⟦${text}⟧`]));
  before(() => {
    l10n.config({ contents: pseudo });
  });
  after(() => {
    l10n.config({ contents: {} });
  });

  const account: Resource = {
    path: accountPath('1'),
    kind: 'account',
    id: '1',
    label: '名',
    hasChildren: true,
  };
  const kinds: readonly ResourceKind[] = [
    ...(['account', 'connection', 'dataset', 'backfill'] as const),
    ...(['dataView', 'entity', 'field', 'pipeline', 'run', 'identity'] as const),
    ...(['dataObject', 'task', 'group', 'problem', 'more'] as const),
  ];
  const states: readonly StatusState[] = [
    ...(['ok', 'running', 'queued', 'warning'] as const),
    ...(['failed', 'inactive', 'unknown'] as const),
  ];

  it('rows contain no English', () => {
    for (const kind of kinds) {
      for (const state of states) {
        const traits = { production: 'true' };
        const row = render({
          ...account,
          kind,
          stale: true,
          searchAttributes: traits,
          status: { state, label: '語' },
        });
        assertTranslated(row.label, row.description, row.accessibilityLabel);
      }
    }
    assertTranslated(render({ ...account, label: '' }).label);
  });

  it('rows of Adobe CJA contain no English', () => {
    const counts = { total: 9, failed: 1, inProgress: 1, completed: 1, invalid: true };
    const connection = connectionResource(
      account,
      v.parse(connectionSchema, { id: '1', backfillSummary: counts, connectionValidationErrors: [{}, {}] }),
      {},
    );
    const backfill = backfillResource(connection, { id: '1', allData: true }, {});
    for (const resource of [connection, backfill, dataViewsGroup(connection)]) {
      const row = render(resource);
      assertTranslated(row.label, row.description, row.accessibilityLabel);
    }
  });

  it('tooltips contain no English', () => {
    const json = {
      id: '1',
      dataSetId: '1',
      description: '語',
      sandboxName: '語',
      createdDate: '語',
      dataRetentionMonths: 25,
      connectionValidationErrors: [{ errorCode: 'DATA_SET_DOES_NOT_EXIST' }, {}],
      streaming: true,
      lastIngestedTime: '語',
      allData: true,
    };
    for (const kind of kinds) {
      for (const { label, value } of toProperties({ ...account, kind, json })) {
        if (label !== 'ID') assertTranslated(label, value);
      }
    }
  });

  it('failures contain no English', () => {
    const failures: readonly HttpErrorKind[] = [
      ...(['authentication', 'permission', 'notFound', 'conflict', 'rejected'] as const),
      ...(['rateLimit', 'timeout', 'network', 'protocol', 'server'] as const),
    ];
    const errors = failures.map(
      (kind) => new HttpError(kind, '語', { status: 400, code: '1', requestId: '2' }),
    );
    for (const error of [...errors, undefined]) {
      const { title, detail, advice = '' } = toProblem(error);
      assertTranslated(title, detail, advice);
    }
    const { label, description, problem } = brokenItem(account, '0.1', '語').resource;
    assertTranslated(label, description, problem?.advice);
  });

  it("Adobe's error codes are explained without English", () => {
    const codes = ['invalid_client', 'invalid_scope', '401013', '403000', '403010', '403011', '403023'];
    for (const code of [...codes, '403027', 'insufficient_access', 'resource_not_found', '429050']) {
      const { advice } = readError({ status: 400, headers: {}, text: JSON.stringify({ error: code }) });
      assert.ok(advice, code);
      assertTranslated(advice);
    }
  });

  it('refusals of the other services are explained without English', () => {
    for (const read of [readDatadogError, readImmutaError, readKrenalisError]) {
      const advices = [400, 401, 403, 404, 409, 422, 429, 500].map(
        (status) => read({ status, headers: {}, text: '{}' }).advice,
      );
      assert.ok(advices.some(Boolean));
      assertTranslated(...advices);
    }
  });

  it('titles of actions contain no English', () => {
    // Listing sends nothing.
    const listActions = createActions(Object.create(Operations.prototype) as Operations);
    for (const state of ['ACTIVE', 'INACTIVE']) {
      const actions = kinds.flatMap((kind) => listActions({ ...account, kind, json: { state } }));
      for (const { title } of actions) assertTranslated(title);
    }
  });

  it('sign-in forms contain no English', () => {
    for (const { methods, options, glossaries } of loadedServices()) {
      for (const { title } of glossaries?.() ?? []) assertTranslated(title);
      for (const { title, description } of methods) assertTranslated(title, description);
      for (const field of [...methods.flatMap(({ fields }) => fields), ...options]) {
        assertTranslated(field.label, field.prompt, field.validate('\u0007'));
      }
    }
  });

  it('messages about a credentials file contain no English', async () => {
    for (const method of loadedServices()
      .flatMap(({ methods }) => methods)
      .filter((way) => 'importFile' in way)) {
      for (const text of ['', '[]', '{}', '{"private_key":"1"}']) {
        await assert.rejects(
          async () => method.importFile?.(text),
          (error) => {
            assertTranslated(error instanceof Error ? error.message : undefined);
            return true;
          },
        );
      }
    }
  });
});

/** Fails if Latin letters are left outside the brackets of translations, which may be nested. */
function assertTranslated(...texts: readonly (string | undefined)[]): void {
  for (const text of texts) {
    let rest = text ?? '';
    for (let before = ''; before !== rest;) {
      before = rest;
      rest = rest.replaceAll(/⟦[^⟦⟧]*⟧/g, '');
    }
    assert.doesNotMatch(rest, /\p{Script=Latin}/u, text);
  }
}
