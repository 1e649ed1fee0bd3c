import { stringAt } from './stringAt';
import { type TextLines, MAX_ID_CHARS } from './words';

/** Lines above a place that are searched for the start of a block comment. */
const MAX_COMMENT_LINES = 60;

/** The identifiers of the dialects of SQL. */
export const SQL_LANGUAGES: readonly string[] = [
  ...['sql', 'mysql', 'plsql', 'pgsql', 'postgres', 'tsql', 'mssql', 'snowflake-sql', 'jinja-sql'],
  ...['spark-sql', 'bigquery', 'hql'],
];

/** Language IDs by the marker of a line comment. */
const LANGUAGES_BY_MARKER: Readonly<Record<string, readonly string[]>> = {
  '#': [
    ...[
      'python',
      'r',
      'rmd',
      'shellscript',
      'fish',
      'makefile',
      'cmake',
      'dockerfile',
      'ruby',
      'perl',
      'perl6',
    ],
    ...[
      'raku',
      'julia',
      'elixir',
      'crystal',
      'nim',
      'powershell',
      'toml',
      'ini',
      'properties',
      'dotenv',
      'ignore',
    ],
    ...['coffeescript', 'graphql', 'terraform', 'hcl', 'nix', 'tcl', 'awk', 'php', 'spring-boot-properties'],
    ...['yaml', 'dockercompose', 'helm', 'ansible', 'azure-pipelines', 'github-actions-workflow'],
    ...['spring-boot-properties-yaml', 'home-assistant', 'snakemake', 'bazel', 'starlark'],
  ],
  '//': [
    ...[
      'javascript',
      'javascriptreact',
      'typescript',
      'typescriptreact',
      'vue',
      'svelte',
      'astro',
      'java',
      'c',
    ],
    ...[
      'cpp',
      'cuda-cpp',
      'csharp',
      'go',
      'rust',
      'swift',
      'kotlin',
      'scala',
      'dart',
      'php',
      'json',
      'jsonc',
    ],
    ...[
      'json5',
      'scss',
      'less',
      'stylus',
      'groovy',
      'jenkinsfile',
      'objective-c',
      'objective-cpp',
      'fsharp',
      'zig',
    ],
    ...['proto', 'proto3', 'prisma', 'bicep', 'solidity', 'terraform', 'hcl', 'shaderlab', 'hlsl', 'jsonnet'],
  ],
  '--': [...SQL_LANGUAGES, ...['lua', 'haskell', 'elm', 'ada', 'vhdl', 'applescript', 'purescript']],
  '%': ['latex', 'tex', 'matlab', 'octave', 'erlang', 'prolog'],
  ';': ['ini', 'clojure', 'lisp', 'commonlisp', 'scheme', 'racket', 'asm'],
  '!': ['properties', 'spring-boot-properties', 'fortran', 'FortranFreeForm'],
  "'": ['vb', 'vba', 'vbscript'],
  REM: ['bat'],
  '::': ['bat'],
};

const MARKERS_BY_LANGUAGE = markersByLanguage();

/** For unknown languages. */
const COMMON_MARKERS: readonly string[] = ['#', '//', '--'];

/** Languages without `/*` comments, although they have `//` or `--`. */
const WITHOUT_BLOCKS: ReadonlySet<string> = new Set([
  'lua',
  'haskell',
  'elm',
  'ada',
  'vhdl',
  'fsharp',
  'zig',
]);

/** What begins a comment up to the end of the line, most likely, in a language. */
export function getLineMarkers(languageId: string): readonly string[] {
  return MARKERS_BY_LANGUAGE.get(languageId) ?? COMMON_MARKERS;
}

/** True if the column is in a comment: one that begins in the line, or a `/*` comment that began above it. */
export function isInComment(text: TextLines, line: number, column: number): boolean {
  const current = text.lineAt(line);
  const markers = getLineMarkers(text.languageId);
  const from = Math.max(0, column - MAX_ID_CHARS);
  if (markers.some((marker) => isBehind(marker, current.slice(0, Math.min(column, MAX_ID_CHARS)), true)))
    return true;
  if (from > 0 && markers.some((marker) => isBehind(marker, current.slice(from, column), false))) return true;
  if (!markers.includes('//') && !markers.includes('--') && text.languageId !== 'css') return false;
  return !WITHOUT_BLOCKS.has(text.languageId) && isInBlock(text, line, column);
}

/** @param isStart true if the part is the beginning of its line. */
function isBehind(marker: string, part: string, isStart: boolean): boolean {
  for (let at = part.indexOf(marker); at >= 0; at = part.indexOf(marker, at + 1)) {
    // A comment is preceded by a blank, unlike the markers in `http://` and `${x#y}`.
    const isFirst = isStart && /^\s*@?$/.test(part.slice(0, at));
    if ((isFirst || (/\s/.test(part.charAt(at - 1)) && canFollow(marker))) && !stringAt(part, at))
      return true;
  }
  return false;
}

/** True for a comment that may follow other text in its line. */
function canFollow(marker: string): boolean {
  return !['REM', '::', '!'].includes(marker);
}

function isInBlock(text: TextLines, line: number, column: number): boolean {
  const first = Math.max(0, line - MAX_COMMENT_LINES);
  for (let at = line; at >= first; at--) {
    const part =
      at === line
        ? text.lineAt(at).slice(0, column).slice(-MAX_ID_CHARS)
        : text.lineAt(at).slice(0, MAX_ID_CHARS);
    const end = part.lastIndexOf('*/');
    const start = lastStart(part);
    if (start >= 0 || end >= 0) return start > end;
  }
  return false;
}

/** The position of the last `/*` that begins a comment. `src/**` and `"/*"` do not. */
function lastStart(line: string): number {
  for (let at = line.lastIndexOf('/*'); at >= 0; at = at === 0 ? -1 : line.lastIndexOf('/*', at - 1)) {
    if (/^$|[\s;{}(),]$/.test(line.slice(0, at)) && !stringAt(line, at)) return at;
  }
  return -1;
}

function markersByLanguage(): ReadonlyMap<string, readonly string[]> {
  const markers = new Map<string, string[]>();
  for (const [marker, languages] of Object.entries(LANGUAGES_BY_MARKER)) {
    for (const language of languages) markers.set(language, [...(markers.get(language) ?? []), marker]);
  }
  return markers;
}
