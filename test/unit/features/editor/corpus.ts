import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import type { TextLines } from '../../../../src/features/editor/words';
import { root } from '../../../scripts/lib/paths';

/** A file of a kind that people have, written for these tests. */
export interface CorpusFile {
  readonly name: string;
  readonly languageId: string;
  readonly lines: readonly string[];
}

const LANGUAGES: Readonly<Record<string, string>> = {
  'deploy.sh': 'shellscript',
  'workflow.yaml': 'yaml',
  'config.yaml': 'yaml',
  'guide.md': 'markdown',
  Makefile: 'makefile',
  'queries.sql': 'sql',
  'analysis.R': 'r',
  'orders.py': 'python',
  'checkout.ts': 'typescript',
  'shipping.go': 'go',
  'report.ipynb': 'json',
  'package.json': 'json',
  'messages.properties': 'properties',
  Dockerfile: 'dockerfile',
  env: 'dotenv',
  'export.csv': 'csv',
  letter: 'plaintext',
};

const notebookSchema = v.object({
  cells: v.array(v.object({ cell_type: v.string(), source: v.array(v.string()) })),
});

/** All files of the folder `corpus`, and the cells of the notebook as VS Code opens them. */
export function readCorpus(): readonly CorpusFile[] {
  const files = Object.entries(LANGUAGES).map(([name, languageId]) => ({
    name,
    languageId,
    lines: readFileSync(
      join(root, 'test', 'unit', 'features', 'editor', 'corpus', `${name}.txt`),
      'utf8',
    ).split('\n'),
  }));
  return [...files, ...files.filter(({ name }) => name.endsWith('.ipynb')).flatMap(getCells)];
}

/** The lines of a file; a line that is being written ends at a column. */
export function toText({ languageId, lines }: CorpusFile, line?: number, column?: number): TextLines {
  return {
    languageId,
    lineAt: (at) => (at === line ? (lines[at] ?? '').slice(0, column) : (lines[at] ?? '')),
  };
}

function getCells({ name, lines }: CorpusFile): readonly CorpusFile[] {
  const { cells } = v.parse(notebookSchema, JSON.parse(lines.join('\n')));
  return cells.map(({ cell_type, source }, at) => ({
    name: `${name}, cell ${at + 1}`,
    languageId: cell_type === 'markdown' ? 'markdown' : 'python',
    lines: source.join('').split('\n'),
  }));
}
