import type { SecretValues } from '../../core/redaction/redact';
import { redactJson } from '../../core/redaction/redactJson';
import { formatJson, withoutSchemaReference } from '../../core/services/common/jsonText';

/**
 * The text of a snapshot: the server's own JSON, formatted, keys in its order and numbers as it wrote them. It is no
 * more than that, so that any tool can read it, and any file of JSON serves as a snapshot. Only secrets are masked (see
 * `redactJson`), for snapshots are shared and kept; and no reference to a schema is left, which an editor would follow.
 */
export function snapshotText(text: string, secrets: SecretValues): string {
  return `${formatJson(redactJson(withoutSchemaReference(text), secrets), { insertSpaces: true, tabSize: 2 })}\n`;
}
