import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The files below a folder, in all of its folders, that hold a text as UTF-8 or UTF-16. */
export async function filesWith(folder: string, text: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const forms = [Buffer.from(text), Buffer.from(text, 'utf16le')];
  const files = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
  const found = await Promise.all(
    files.map(async (file) => {
      // A file that VS Code deletes meanwhile counts as empty.
      const content = await readFile(file).catch(() => Buffer.alloc(0));
      return forms.some((form) => content.includes(form)) ? file : undefined;
    }),
  );
  return found.filter((file) => file !== undefined);
}
