import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import type { CallOptions } from '../../http/client';
import { documentOf, unknownAction } from '../actionAnswers';
import { commented, filled, pretty, readDocument } from '../document';
import { childPath } from '../path';
import { readMade } from '../readOne';
import type {
  Action,
  ActionAnswer,
  Actions,
  Draft,
  EditedDocument,
  JsonObject,
  Outcome,
  Preview,
  Resource,
} from '../service';
import type { Operations } from './operations';

const CREATE = 'createDataView';

/** What a data view needs at least (guide "Use CJA API with Python", Sending data in the body; inference). */
const dataViewDocument = v.looseObject({ name: filled, parentDataGroupId: filled });

/** What changes Adobe CJA: the public API creates data views, and nothing else that lies below a connection. */
export class CjaActions implements Actions<typeof CREATE> {
  readonly ids = [CREATE] as const;
  readonly #operations: Operations;

  constructor(operations: Operations) {
    this.#operations = operations;
  }

  of({ kind, json }: Resource): readonly Action<typeof CREATE>[] {
    if (kind !== 'connection' || json === undefined) return [];
    const title = l10n.t('Create Data View…');
    return [{ id: CREATE, verb: 'create', title, danger: 'confirm', input: { kind: 'document' } }];
  }

  draft(connection: Resource, actionId: string): Promise<Draft> {
    check(actionId);
    return Promise.resolve({ text: template(connection), schema });
  }

  async preview(_connection: Resource, actionId: string, { text }: EditedDocument): Promise<Preview> {
    check(actionId);
    const dataView = await readDocument(dataViewDocument, text);
    return { before: '', after: pretty(dataView), creates: { kind: 'dataView', label: dataView.name } };
  }

  async perform(
    connection: Resource,
    actionId: string,
    answer: ActionAnswer,
    call: CallOptions,
  ): Promise<Outcome> {
    check(actionId);
    const { text } = documentOf(answer);
    await readDocument(dataViewDocument, text);
    readMade(await this.#operations.createDataView(text, call));
    return { changed: [childPath(connection.path, 'group', 'dataViews')] };
  }
}

/** The fields of the guide's example that a person chooses; the service fills in the others. */
function template({ id }: Resource): string {
  const dataView = {
    name: '',
    description: '',
    parentDataGroupId: id,
    timezoneDesignator: 'UTC',
    sessionDefinition: [{ numPeriods: 30, granularity: 'MINUTE', func: 'INACTIVITY' }],
    containerNames: { event: 'Event', session: 'Session', people: 'Person' },
  };
  return commented(
    [
      l10n.t('A data view of this connection. Saving compares and asks before anything is sent.'),
      l10n.t('The technical account must be a product administrator of Customer Journey Analytics.'),
    ],
    pretty(dataView),
  );
}

const schema: JsonObject = {
  type: 'object',
  required: ['name', 'parentDataGroupId'],
  properties: {
    name: { type: 'string', minLength: 1 },
    description: { type: 'string' },
    parentDataGroupId: { type: 'string', pattern: '^dg_' },
    timezoneDesignator: { type: 'string', examples: ['UTC', 'US/Mountain', 'Europe/Paris'] },
    segmentList: { type: 'array', items: { type: 'string' } },
    sessionDefinition: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          numPeriods: { type: 'integer', minimum: 1 },
          granularity: { type: 'string', examples: ['MINUTE', 'HOUR', 'DAY'] },
          func: { type: 'string', examples: ['INACTIVITY'] },
          events: { type: 'array', items: { type: 'string' } },
        },
      },
    },
    containerNames: {
      type: 'object',
      properties: { event: { type: 'string' }, session: { type: 'string' }, people: { type: 'string' } },
    },
    curationEnabled: { type: 'boolean' },
  },
};

function check(actionId: string): void {
  if (actionId !== CREATE) throw unknownAction('Adobe CJA', actionId);
}
