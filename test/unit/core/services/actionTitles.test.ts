import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import texts from '../../../../package.nls.json';
import { everyRow, startEveryService, type EveryService } from '../../../support/everyService';

/**
 * Those of several actions of a row, which are distinguished by what they create; and of the one that names what else
 * it deletes.
 */
const OF_THEIR_OWN: ReadonlyMap<string, RegExp> = new Map([
  ['createSnowflake', /^Create Snowflake Connection…$/],
  ['createDatabricks', /^Create Databricks Connection…$/],
  ['deleteDataObject', /^Delete .*…$/],
]);

describe('The titles of actions, which the panel shows', () => {
  let every: EveryService;
  before(async () => {
    every = await startEveryService();
  });
  after(() => every[Symbol.asyncDispose]());

  it('are those of the menus, with an ellipsis if and only if the action asks for input', async () => {
    const titles = new Map<string, string>(Object.entries(texts));
    const seen = new Set<string>();
    for (const signed of every.sessions) {
      const rows = await everyRow(signed);
      const states = rows.flatMap((row) => [row, { ...row, json: {} }, { ...row, json: { enabled: true } }]);
      for (const { id, verb, title, input, confirmation } of states.flatMap(
        (state) => signed.session.actions?.(state) ?? [],
      )) {
        seen.add(verb);
        const about = `${signed.service}: ${id}`;
        const own = OF_THEIR_OWN.get(id);
        if (own) assert.match(title, own, about);
        else assert.equal(title, titles.get(`command.${verb}`), about);
        const asks = input.kind === 'fields' || confirmation === 'typeName' || verb.startsWith('create');
        assert.equal(title.endsWith('…'), asks, about);
      }
    }
    assert.ok(seen.size > 10, [...seen].join());
  });
});
