import type { ResolvedOptions } from '../common/options';
import { day } from '../common/dates';
import { hostileIds, hostileNames } from './hostile';
import { cycle, draw, drawUuid } from '../common/random';
import * as words from './words';

/** A user of the organization. */
export interface Person {
  readonly imsUserId: string;
  readonly name: string;
}

/** A connection, without its children. */
export interface Connection {
  /** Its position, from which all else is drawn. */
  readonly index: number;
  /** With the prefix `dg_`. */
  readonly id: string;
  readonly idWithoutPrefix: string;
  readonly name: string;
  readonly description: string;
  readonly owner: Person;
  readonly modifiedBy: Person;
  readonly sandbox: words.Sandbox;
  /** Milliseconds since 1970, like every date here. */
  readonly createdDate: number;
  readonly modifiedDate: number;
  readonly mood: words.Mood;
  /** `listed`, or the only `includeType` with which a list contains it. */
  readonly shown: 'listed' | 'systemUserOwned' | 'disabled';
}

/** The connection at a position. */
export function makeConnection(
  options: ResolvedOptions,
  start: number,
  index: number,
  shown: Connection['shown'],
): Connection {
  const { seed, hostile } = options;
  const age = draw(seed, 'date', index);
  const idWithoutPrefix = (hostile ? hostileIds[index] : undefined) ?? drawUuid(seed, 'connection', index);
  return {
    index,
    id: `dg_${idWithoutPrefix}`,
    idWithoutPrefix,
    name: (hostile ? hostileNames[index] : undefined) ?? toName(index),
    description: cycle(words.purposes, draw(seed, 'choice', index)),
    owner: shown === 'systemUserOwned' ? systemUser : person(seed, index),
    modifiedBy: person(seed, age),
    sandbox: cycle(words.sandboxes, index),
    createdDate: start - (60 + (age % 700)) * day - (age % day),
    modifiedDate: start - (1 + (age % 50)) * day - (age % day),
    mood: getMood(index),
    shown,
  };
}

const systemUser: Person = { imsUserId: 'system@AdobeID', name: 'System' };

/** One of a few users, selected by any number. */
export function person(seed: number, number: number): Person {
  const place = number % words.people.length;
  return {
    imsUserId: `${drawUuid(seed, 'user', place).slice(0, 8).toUpperCase()}@AdobeID`,
    name: cycle(words.people, place),
  };
}

function toName(index: number): string {
  const repeats = Math.floor(index / (words.subjects.length * words.markets.length * words.regions.length));
  const place = `${cycle(words.markets, index)} ${cycle(words.regions, index)}`;
  return `${cycle(words.subjects, index)} – ${place}${repeats === 0 ? '' : ` ${repeats + 1}`}`;
}

function getMood(index: number): words.Mood {
  const mood = cycle(words.moods, index);
  return mood === 'empty' && index >= words.moods.length ? 'healthy' : mood;
}

/** The components of which the sample keeps an audit log. */
export type AuditedComponent = 'CONNECTION' | 'DATA_VIEW';

/** Something that somebody did. */
export interface AuditEntry {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly date: number;
  readonly action: string;
  readonly description: string;
  /** Undefined: the service tells the ID alone, as in the example of the guide. */
  readonly user: Person | undefined;
  readonly component: { readonly id: string; readonly type: AuditedComponent; readonly name: string };
}
