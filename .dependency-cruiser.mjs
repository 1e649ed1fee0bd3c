/**
 * The arrows between the folders of src/, as ARCHITECTURE.md draws them: `npm run lint` holds them.
 * @type {import('dependency-cruiser').IConfiguration}
 */
export default {
  forbidden: [
    {
      name: 'no-cycle-of-files',
      comment: 'Move what both need into a file of its own.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-cycle-of-folders',
      comment: 'Move what both need into one of the two, or below both.',
      severity: 'error',
      scope: 'folder',
      from: {},
      to: { circular: true },
    },
    only('shared', ['shared'], 'is a leaf: the page and the extension load it alike'),
    only('core', ['core', 'shared'], 'runs without an editor'),
    only('ui', ['ui', 'core', 'shared'], 'is what several features need of VS Code'),
    only('webview', ['webview', 'shared'], 'runs in the page of a panel'),
    only('sample', ['sample'], 'stands for the servers of others'),
    only('api', ['api', 'features/accounts', 'ui', 'core', 'shared'], 'is what other extensions call'),
    {
      name: 'features-apart',
      comment: 'A feature gets what another one offers from application.ts, and may name its types.',
      severity: 'error',
      from: { path: '^src/features/([^/]+)/' },
      to: {
        path: '^src/(?:features|api|webview|sample)/',
        pathNot: '^src/features/$1/',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'without-editor',
      comment: 'What runs without an editor does not know VS Code.',
      severity: 'error',
      from: { path: '^src/(?:core|shared|webview|sample)/' },
      to: { path: '^vscode$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    builtInModules: { add: ['vscode'] },
    enhancedResolveOptions: { extensions: ['.ts', '.js', '.mjs', '.json', '.css'] },
  },
};

/** A folder of src/ that knows only some. */
function only(folder, known, why) {
  return {
    name: `${folder.replaceAll('/', '-')}-knows`,
    comment: `src/${folder} ${why}. It may import: ${known.join(', ')}.`,
    severity: 'error',
    from: { path: `^src/${folder}/` },
    to: { path: '^src/', pathNot: `^src/(?:${known.join('|')})/` },
  };
}
