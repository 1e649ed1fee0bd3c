import eslint from '@eslint/js';
import tseslint from 'typescript-eslint';

/** Calls of `vscode.window` whose texts VS Code draws with links or icons. */
const DRAWING_CALLS =
  '/^(show(Information|Warning|Error)Message|(show|create)(InputBox|QuickPick)|withProgress|setStatusBarMessage)$/';

/** Messages past the module that takes links out of them. */
const RAW_MESSAGES = [
  `MemberExpression[property.name=${DRAWING_CALLS}]`,
  `MemberExpression[property.value=${DRAWING_CALLS}]`,
  `ObjectPattern > Property[key.name=${DRAWING_CALLS}]`,
].map((selector) => ({
  selector,
  message: 'Texts of services could hold command links: call src/ui/messages or src/ui/quickInput.',
}));

/** Types that say how a text was made. */
const MADE_UP_TYPES = [
  {
    selector: "TSAsExpression[typeAnnotation.typeName.name='RequestPath']",
    message: 'An id could lead to another address: build paths by requestPath`…`.',
  },
  {
    selector: "TSAsExpression[typeAnnotation.typeName.name='ToolAnswer']",
    message: 'An answer to a language model has limits: make it by pagedAnswer.',
  },
];

/** Logs past the module that masks secrets. */
const RAW_LOGS = [
  {
    selector: "MemberExpression[property.name='createOutputChannel']",
    message: 'What is logged could hold secrets: call src/ui/log.',
  },
];

/** Numbers that lose digits. */
const LOSSY_JSON = [
  {
    selector: "MemberExpression[object.name='JSON'][property.name=/^(parse|stringify)$/]",
    message:
      'Ids beyond 2^53 would change: call core/http/json, or core/services/common/exactJson for what is sent back.',
  },
];

/** VS Code keeps the arguments of a row's command in a table that it clears when the row is drawn again. */
const ROW_ARGUMENTS = [
  {
    selector: "Property[key.name='arguments']",
    message: 'A click on a row that is being drawn again would fail: see src/ui/tree/selectedRows.',
  },
];

/** Every window has a copy of these: what is read once and written whole destroys what other windows know. */
const RAW_STATE = [
  'MemberExpression[property.name=/^(globalState|workspaceState)$/]',
  'ObjectPattern > Property[key.name=/^(globalState|workspaceState)$/]',
  "TSQualifiedName[right.name='Memento']",
].map((selector) => ({
  selector,
  message: 'Windows share this state: keep entries by src/ui/storage/windowStorage.',
}));

/** Listeners past the module that lets any number of callers share a signal. */
const RAW_ABORTS = [
  "CallExpression[callee.property.name='addEventListener'][arguments.0.value='abort']",
  'CallExpression[callee.name=/^(wait|delay|setTimeout)$/][arguments.length=3] > ObjectExpression',
].map((selector) => ({
  selector,
  message: 'Node.js warns of more than ten listeners: call whenAborted or sleep of src/core/base/abort.',
}));

/** Everything that is loaded, gone through at once: 300,000 rows hold the extension host for half a second. */
const ALL_AT_ONCE = [
  "SpreadElement > CallExpression[callee.property.name='loaded']",
  "CallExpression[callee.object.name='Array'][callee.property.name='from'] > CallExpression[callee.property.name='loaded']",
].map((selector) => ({
  selector,
  message: 'An account may hold very much: go through it by filterInTurns or inTurns of src/core/base/turns.',
}));

/** Answers past the functions that insist on what they are about. */
const UNIDENTIFIED_ANSWERS = [
  {
    selector: "ImportSpecifier[imported.name='parseJson']",
    message:
      'An answer may be about something else: read one thing by core/services/common/readOne, a list by the reader of lists.',
  },
];

/** `a ?? b < c` is `a ?? (b < c)`: an assertion of it cannot fail. */
const MISREAD_DEFAULTS = [
  {
    selector: "LogicalExpression[operator='??'] > BinaryExpression.right[operator=/^[<>]/]",
    message: 'This compares the default alone: write `(a ?? b) < c`.',
  },
];

/** What was caught and is of another class, thrown again: a branch of each place that no test reaches. */
const THROWN_AGAIN = [
  {
    selector:
      "IfStatement[test.operator='!'][test.argument.operator='instanceof'] > ThrowStatement[argument.type='Identifier']",
    message: 'Call expectError of src/core/base/errors, which throws what is of another class.',
  },
];

/** A folder into which something may still be writing. */
const DELETED_ONCE = [
  {
    selector:
      "CallExpression[callee.name=/^rm(Sync)?$/] > ObjectExpression:has(Property[key.name='recursive']):not(:has(Property[key.name='maxRetries']))",
    message: 'What still writes into the folder lets this fail now and then: set maxRetries.',
  },
];

/** Functions are named by a verb: `toRow` or `getRow`, not `rowOf`. */
const VERBLESS = {
  format: null,
  custom: { regex: '[a-z]Of$', match: false },
  filter: { regex: '^(valueOf|indexOf|lastIndexOf)$', match: false },
};

/** What is forbidden besides what is everywhere. Each file has one list: a later one takes the place of an earlier one. */
function forbid(...lists) {
  return { 'no-restricted-syntax': ['error', ...MISREAD_DEFAULTS, ...THROWN_AGAIN, ...lists.flat()] };
}

export default tseslint.config(
  { ignores: ['dist/', 'out/', 'out-mutation/', 'out-coverage/', '.vscode-test/', 'node_modules/'] },
  eslint.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/naming-convention': [
        'error',
        { ...VERBLESS, selector: ['function', 'classMethod', 'typeMethod', 'objectLiteralMethod'] },
        { ...VERBLESS, selector: ['variable', 'parameter', 'memberLike'], types: ['function'] },
      ],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      // A quarter of the time of lint: the only enums are VS Code's, and the compiler tells classes with private fields
      // apart.
      '@typescript-eslint/no-unsafe-enum-assignment': 'off',
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      'no-console': 'error',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
    },
  },
  {
    files: ['**/*.js', '**/*.mjs'],
    languageOptions: {
      globals: {
        require: 'readonly',
        module: 'readonly',
        process: 'readonly',
        console: 'readonly',
        __dirname: 'readonly',
      },
    },
  },
  { files: ['src/**/*.ts'], rules: forbid(RAW_MESSAGES, MADE_UP_TYPES, RAW_LOGS, RAW_STATE, RAW_ABORTS) },
  { files: ['src/ui/log.ts'], rules: forbid(RAW_MESSAGES, MADE_UP_TYPES, RAW_STATE, RAW_ABORTS) },
  {
    files: ['src/ui/{messages,quickInput}.ts'],
    rules: forbid(MADE_UP_TYPES, RAW_LOGS, RAW_STATE, RAW_ABORTS),
  },
  {
    files: ['src/ui/storage/**/*.ts', 'src/features/accounts/**/*.ts'],
    rules: forbid(RAW_MESSAGES, MADE_UP_TYPES, RAW_LOGS, RAW_ABORTS),
  },
  {
    files: ['src/ui/tree/**/*.ts', 'src/features/{connections,runs}/**/*.ts'],
    rules: forbid(RAW_MESSAGES, MADE_UP_TYPES, RAW_LOGS, RAW_STATE, RAW_ABORTS, ROW_ARGUMENTS),
  },
  {
    files: ['src/core/services/**/*.ts'],
    rules: forbid(RAW_MESSAGES, MADE_UP_TYPES, RAW_LOGS, RAW_STATE, RAW_ABORTS, LOSSY_JSON),
  },
  {
    files: ['src/core/services/**/*.ts'],
    // These insist themselves, or leave it to their caller.
    ignores: [
      'src/core/services/common/{readOne,exactJson}.ts',
      'src/core/services/*/*/{listing,paging,token,glossaryTerms}.ts',
    ],
    rules: forbid(
      RAW_MESSAGES,
      MADE_UP_TYPES,
      RAW_LOGS,
      RAW_STATE,
      RAW_ABORTS,
      LOSSY_JSON,
      UNIDENTIFIED_ANSWERS,
      ALL_AT_ONCE,
    ),
  },
  {
    files: ['src/core/http/requestPath.ts', 'src/features/tools/toolAnswer.ts'],
    rules: forbid(RAW_MESSAGES, RAW_LOGS, RAW_STATE, RAW_ABORTS),
  },
  { files: ['src/core/base/abort.ts'], rules: forbid(RAW_MESSAGES, MADE_UP_TYPES, RAW_LOGS, RAW_STATE) },
  {
    files: ['src/{sample,webview}/**/*.ts'],
    rules: forbid(RAW_MESSAGES, MADE_UP_TYPES, RAW_LOGS, RAW_STATE),
  },
  {
    // The build takes no default export from a module that is loaded later.
    files: ['src/**/*.ts'],
    rules: {
      'no-restricted-exports': [
        'error',
        { restrictDefaultExports: { direct: true, named: true, defaultFrom: true } },
      ],
    },
  },
  {
    files: ['test/**/*.ts', 'src/sample/main.ts'],
    rules: { 'no-console': 'off' },
  },
  {
    // node:test's describe and it return promises that the runner awaits itself.
    files: ['test/**/*.ts'],
    rules: {
      ...forbid(DELETED_ONCE),
      '@typescript-eslint/no-floating-promises': [
        'error',
        {
          allowForKnownSafeCalls: [
            {
              from: 'package',
              package: 'node:test',
              name: ['describe', 'it', 'test', 'suite', 'before', 'after'],
            },
          ],
        },
      ],
    },
  },
);
