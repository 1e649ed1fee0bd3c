import {
  childPath,
  pathSegments,
  type PathSegment,
  type ResourcePath,
} from '../../core/services/contract/path';
import { findService } from '../../core/services/registry';
import type { Service } from '../../core/services/contract/service';
import { linkPath } from '../../shared/identifiers';
import { KINDS, kindsThat, type ResourceKind } from '../../shared/kinds';

/** Longer ones are cut off by programs that pass them on. */
const MAX_LINK_CHARS = 2000;

/** Levels of the deepest tree, with some to spare. */
const MAX_DEPTH = 16;

const MAX_ID_CHARS = 500;

/** The kinds of resources that a link leads to, or through. */
const LINKED_KINDS: readonly string[] = [...kindsThat('hasId'), 'group'];

/** The names of parameters that VS Code adds, or takes out by itself. */
const OTHER_PARAMETERS: readonly string[] = ['windowId'];

/** What a link leads to, in any account of the service. */
export interface LinkTarget {
  readonly service: Service;
  readonly kind: ResourceKind;
  /** The service's ID of the resource. */
  readonly id: string;
  /** Where it is below an account: kinds and IDs, the outermost first. */
  readonly steps: readonly PathSegment[];
}

/** Why a link cannot be opened. */
export type LinkFlaw = 'malformed' | 'tooLong' | 'unknownService';

/**
 * The query of the link to a resource: the service, and the kind and ID of each level. Neither account nor name is in it.
 * @returns undefined if an ID cannot be part of a link.
 */
export function linkQuery(service: string, path: ResourcePath): string | undefined {
  const steps = pathSegments(path).slice(1);
  const query = [['service', service] as const, ...steps.map(({ kind, id }) => [kind, escaped(id)] as const)]
    .map((parameter) => parameter.join('='))
    .join('&');
  return typeof parseLink(query) === 'string' ? undefined : query;
}

/** Reads the query of a link, from wherever it comes. */
export function parseLink(query: string): LinkTarget | LinkFlaw {
  if (query.length > MAX_LINK_CHARS) return 'tooLong';
  const [first, ...others] = toParameters(query).filter(([name]) => !OTHER_PARAMETERS.includes(name));
  if (first?.[0] !== 'service') return 'malformed';
  const steps = others.flatMap(([kind, text]) => toStep(kind, text) ?? []);
  const last = steps.at(-1);
  const kind = last && kindsThat('hasId').find((each) => each === last.kind);
  if (!last || !kind || steps.length < others.length || steps.length > MAX_DEPTH) return 'malformed';
  const service = findService(first[1]);
  return service ? { service, kind, id: last.id, steps } : 'unknownService';
}

/** The query of the first link in a text, such as a message in which it was sent; undefined if there is none. */
export function findLink(text: string, extensionId: string): string | undefined {
  const address = `${extensionId}${linkPath}?`.toLowerCase();
  const at = text.toLowerCase().indexOf(`://${address}`);
  if (at < 0) return undefined;
  return /^[\w.~&=%-]*/.exec(text.slice(at + 3 + address.length))?.[0];
}

/** The path of a target in an account. */
export function targetPath(account: ResourcePath, { steps }: LinkTarget): ResourcePath {
  return steps.reduce((path, { kind, id }) => childPath(path, kind, id), account);
}

function toParameters(query: string): readonly (readonly [name: string, text: string])[] {
  return decoded(query)
    .split('&')
    .map((part) => {
      const at = part.indexOf('=');
      return at < 0 ? ([part, ''] as const) : ([part.slice(0, at), part.slice(at + 1)] as const);
    });
}

function toStep(kind: string, text: string): PathSegment | undefined {
  const id = LINKED_KINDS.includes(kind) && kind in KINDS ? unescaped(text) : undefined;
  return id === undefined || !isLinkable(id) ? undefined : { kind, id };
}

/** False for what no service has as an ID, or what would lead elsewhere in an address. */
function isLinkable(id: string): boolean {
  return (
    id !== '' && id.length <= MAX_ID_CHARS && id !== '.' && id !== '..' && !/[\p{Cc}\p{Cf}\p{Cs}]/u.test(id)
  );
}

/**
 * An ID in characters that need no percent-encoding: the desktop passes queries decoded, the web encoded, and programs
 * that show links change what is encoded. The bytes of other characters follow a tilde.
 */
function escaped(id: string): string {
  if (!id.isWellFormed()) return '';
  return encodeURIComponent(id)
    .replaceAll(/[!~*'()]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%', '~');
}

/** @returns undefined for what `escaped` does not return. */
function unescaped(text: string): string | undefined {
  return /^(?:[\w.-]|~[\da-f]{2})+$/i.test(text) ? decodes(text.replaceAll('~', '%')) : undefined;
}

function decoded(text: string): string {
  return decodes(text) ?? text;
}

function decodes(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
