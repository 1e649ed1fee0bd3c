/**
 * Documents hold no secrets, because VS Code writes unsaved documents to the disk. In the place of each stands
 * `${secret:NAME}`, as `${input:NAME}` does in VS Code's own configuration files. Whoever sends the document is asked
 * for the values.
 */
import { isJsonObject } from './decode';
import type { JsonObject, JsonValue } from './service';

const PLACEHOLDER = /\$\{secret:([^{}"\\\s]{1,100})\}/g;

/** `${secret:password}` */
export function secretPlaceholder(name: string): string {
  return `\${secret:${name}}`;
}

/** The names of the placeholders in a text, each once, in their order. */
export function placeholderNames(text: string): readonly string[] {
  return [...new Set([...text.matchAll(PLACEHOLDER)].map(([, name = '']) => name))];
}

/** A text with values in the place of its placeholders. Those without a value stay. */
export function fillPlaceholders(text: string, valueOf: (name: string) => string | undefined): string {
  return text.replace(PLACEHOLDER, (placeholder, name: string) => valueOf(name) ?? placeholder);
}

/** True if a text of the value holds a placeholder. */
export function hasPlaceholder(value: JsonValue | undefined): boolean {
  if (typeof value === 'string') return value.search(PLACEHOLDER) >= 0;
  if (Array.isArray(value)) return value.some(hasPlaceholder);
  return isJsonObject(value) && Object.values(value).some(hasPlaceholder);
}

/** The members of an object without placeholders, and those with one, each at its level. */
export function splitPlaceholders(json: JsonObject): {
  readonly plain: JsonObject;
  readonly secret: JsonObject;
} {
  const plain: Record<string, JsonValue> = {};
  const secret: Record<string, JsonValue> = {};
  for (const [name, value] of Object.entries(json)) {
    if (!hasPlaceholder(value)) plain[name] = value;
    else if (!isJsonObject(value)) secret[name] = value;
    else {
      const parts = splitPlaceholders(value);
      if (Object.keys(parts.plain).length > 0) plain[name] = parts.plain;
      secret[name] = parts.secret;
    }
  }
  return { plain, secret };
}
