import { isSecretKey, mask } from '../http/redact';
import { formatJson } from '../services/jsonText';

/**
 * The text of a snapshot: the server's own JSON, formatted, keys in its order and numbers as it wrote them. It is no
 * more than that, so that any tool can read it, and any file of JSON serves as a snapshot. Only the values of members
 * whose name says that they are secret are masked, for snapshots are shared and kept.
 */
export async function snapshotText(text: string): Promise<string> {
  const formatted = formatJson(text, { insertSpaces: true, tabSize: 2 });
  return `${await masked(formatted)}\n`;
}

async function masked(text: string): Promise<string> {
  const { visit } = await import('jsonc-parser');
  const parts: string[] = [];
  let [key, done] = ['', 0];
  visit(text, {
    onObjectProperty: (name) => (key = name),
    onObjectBegin: () => void (key = ''),
    onArrayBegin: () => void (key = ''),
    onLiteralValue: (value: unknown, offset, length) => {
      if (typeof value === 'string' && isSecretKey(key)) {
        parts.push(text.slice(done, offset), `"${mask}"`);
        done = offset + length;
      }
      key = '';
    },
  });
  return [...parts, text.slice(done)].join('');
}
