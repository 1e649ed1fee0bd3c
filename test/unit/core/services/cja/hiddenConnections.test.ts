import assert from 'node:assert/strict';
import { it } from 'node:test';
import { HttpError } from '../../../../../src/core/http/errors';
import { connectionsOfDataViews } from '../../../../../src/core/services/cja/levels/dataViews';
import { accountRow } from '../../../../support/service';

const view = { id: 'dv_1', name: 'Web', parentDataGroupId: 'dg_1' };

/** The connections of data views whose pages are these; an error in the place of a page refuses it. */
async function found(...pages: readonly (object | HttpError)[]): Promise<readonly string[]> {
  const operations = {
    dataViews: ({ page = 0 }: { readonly page?: number }) => {
      const answer = pages[page] ?? assert.fail(`page ${page}`);
      if (answer instanceof HttpError) return Promise.reject(answer);
      const lastPage = page === pages.length - 1;
      const text = JSON.stringify({ content: [answer], totalElements: pages.length, lastPage });
      return Promise.resolve({ status: 200, headers: {}, text });
    },
  };
  const request = { bypassCache: false };
  const items = await connectionsOfDataViews(operations as never, accountRow, request, {});
  return items.map(({ resource }) => resource.id);
}

it('are none if the account may not see data views either', async () => {
  for (const kind of ['permission', 'notFound'] as const)
    assert.deepEqual(await found(new HttpError(kind, 'No.')), []);
});

it('are those of all pages, and not of the first alone if the next is refused', async () => {
  assert.deepEqual(await found(view, { ...view, id: 'dv_2', parentDataGroupId: 'dg_2' }), ['dg_1', 'dg_2']);
  for (const kind of ['permission', 'network'] as const)
    await assert.rejects(found(view, new HttpError(kind, 'No.')), { kind });
});
