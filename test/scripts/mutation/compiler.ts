/** Tells which mutants TypeScript refuses: the check of types detects them, so no test has to. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { root } from '../lib/paths';
import type { InFile } from './mutatedTests';

export class Compiler {
  readonly #code = this.#createService('tsconfig.json');
  readonly #page = this.#createService('src/webview/tsconfig.json');
  #mutated: { readonly path: string; readonly text: string } | undefined;
  #version = 0;

  #createService(configuration: string): ts.LanguageService {
    const path = join(root, configuration);
    const { config } = ts.readConfigFile(path, readText) as { config: unknown };
    const { options, fileNames } = ts.parseJsonConfigFileContent(config, ts.sys, dirname(path));
    return ts.createLanguageService({
      getCompilationSettings: () => ({
        ...options,
        // What a mutant leaves out may have been the last use of a name, or what follows it may be unreachable.
        ...{ noUnusedLocals: false, noUnusedParameters: false, allowUnreachableCode: true },
      }),
      getScriptFileNames: () => fileNames.filter((name) => name.includes('/src/')),
      getScriptVersion: (name) => (name === this.#mutated?.path ? `${this.#version}` : '0'),
      getScriptSnapshot: (name) => {
        const text = name === this.#mutated?.path ? this.#mutated.text : readText(name);
        return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
      },
      getCurrentDirectory: () => root,
      getDefaultLibFileName: ts.getDefaultLibFilePath,
      fileExists: (name) => ts.sys.fileExists(name),
      readFile: readText,
    });
  }

  /** True if the file of a mutant has no error of types with it. */
  accepts({ path, start, end, replacement }: InFile): boolean {
    // As TypeScript writes paths on every system.
    const file = `${root.replaceAll('\\', '/')}/${path}`;
    const text = readFileSync(file, 'utf8');
    this.#version += 1;
    this.#mutated = { path: file, text: text.slice(0, start) + replacement + text.slice(end) };
    const service = path.startsWith('src/webview/') ? this.#page : this.#code;
    return (
      service.getSyntacticDiagnostics(file).length === 0 && service.getSemanticDiagnostics(file).length === 0
    );
  }
}

function readText(path: string): string | undefined {
  return ts.sys.readFile(path);
}
