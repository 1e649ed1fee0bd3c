import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  curlCommand,
  offeredShells,
  shellNamed,
  type ShellFamily,
} from '../../../../src/features/connections/curl';
import { requestPath } from '../../../../src/core/http/requestPath';
import type { RequestTemplate } from '../../../../src/core/services/contract/properties';

const token = 'secret $(touch /tmp/owned) "quoted" `x` !!';
const hostile = [
  ...[
    `a'b`,
    'a"b',
    'a`id`b',
    'a$(id)b',
    '$HOME',
    '${HOME}',
    'wow!',
    '!!',
    '!-1',
    '"!x',
    `'!x'`,
    String.raw`a\b\\`,
  ],
  ...[
    'a;id',
    'a|id',
    'a&id',
    '>x',
    '<x',
    '*',
    '~',
    '#',
    '%PATH%',
    '%2F',
    '^x',
    '(x)',
    '{a,b}',
    '‘x’',
    '“x”',
    '-o',
    '\\',
  ],
];
const text = fc.oneof(
  fc.constantFrom(...hostile),
  fc.string({ unit: 'binary' }),
  fc.array(fc.constantFrom(...hostile)).map((parts) => parts.join('')),
);

function getRecipe(value: string): RequestTemplate {
  return {
    method: 'GET',
    url: `https://service.example/${value}`,
    headers: { authorization: 'Bearer $ACCESS_TOKEN', 'x-workspace': `w${value}`, 'x-key': '$API_KEY' },
  };
}

/** What the program has to be called with. */
function expected(value: string): readonly string[] {
  const clean = value.replaceAll(/\p{Cc}/gu, '');
  return [
    `https://service.example/${clean}`,
    ...['-H', `authorization: Bearer ${token}`, '-H', `x-workspace: w${clean}`, '-H', 'x-key: k'],
  ];
}

/** Runs lines as a person pastes them into a shell, with a `curl` that prints its arguments. */
function argumentsIn(
  shell: string,
  begin: string,
  commands: readonly string[],
): readonly (readonly string[])[] {
  const script = [begin, `curl() { printf '%s\\0' "$@"; printf '\\1\\0'; }`, ...commands, ''].join('\n');
  const { stdout, stderr } = spawnSync(shell, [], {
    input: script,
    env: { ACCESS_TOKEN: token, API_KEY: 'k', HOME: '/nowhere', PATH: process.env.PATH },
  });
  assert.equal(stderr.toString(), '');
  return stdout
    .toString()
    .split('\u0001\0')
    .slice(0, -1)
    .map((call) => call.split('\0').slice(0, -1));
}

/** Reads a command as PowerShell does (about_Quoting_Rules, about_Special_Characters). */
function powershellArguments(command: string): readonly string[] {
  const single = /['\u2018-\u201B]/;
  const args: string[] = [];
  let rest = command.replaceAll('`\n', ' ').trimStart();
  while (rest !== '') {
    let arg = '';
    if (single.test(rest.charAt(0))) {
      let at = 1;
      for (; at < rest.length; at++) {
        if (!single.test(rest.charAt(at))) arg += rest.charAt(at);
        else if (single.test(rest.charAt(at + 1))) arg += rest.charAt(++at);
        else break;
      }
      rest = rest.slice(at + 1);
    } else if (rest.startsWith('"')) {
      const [whole = '', inner = ''] = /^"([\w: -]*\$env:\w+)"/.exec(rest) ?? assert.fail(rest);
      arg = inner.replace('$env:ACCESS_TOKEN', () => token).replace('$env:API_KEY', 'k');
      rest = rest.slice(whole.length);
    } else {
      [arg = ''] = /^[\w.-]+/.exec(rest) ?? assert.fail(rest);
      rest = rest.slice(arg.length);
    }
    assert.match(rest, /^(\s|$)/, 'an argument ends where its quotes do');
    args.push(arg);
    rest = rest.trimStart();
  }
  return args;
}

/**
 * How the Command Prompt expands `%NAME%`: for a name that is not set, its first `%` stays, and the rest is searched.
 */
function withVariables(line: string, variables: Readonly<Record<string, string>>): string {
  let made = '';
  for (let at = 0; at < line.length; at++) {
    const [whole = '', name = ''] = /^%([^%]+)%/.exec(line.slice(at)) ?? [];
    const value = Object.hasOwn(variables, name) ? variables[name] : undefined;
    made += value ?? line.charAt(at);
    if (value !== undefined) at += whole.length - 1;
  }
  return made;
}

/** Reads a command as the Command Prompt does: variables, then quotes and carets; then as Microsoft's C runtime does. */
function cmdArguments(command: string): readonly string[] {
  const variables = { ACCESS_TOKEN: token.replaceAll('"', ''), API_KEY: 'k', PATH: 'owned', '2F': 'owned' };
  const lines = command.split('\n').map((part) => withVariables(part, variables));
  const line = lines.join('\n').replaceAll('^\n', '');
  let seen = '';
  let quoted = false;
  for (let at = 0; at < line.length; at++) {
    const character = line.charAt(at);
    if (character === '"') quoted = !quoted;
    if (!quoted && character !== '"')
      assert.doesNotMatch(character, /[&|<>()]/, `${line} runs more than one command`);
    seen += !quoted && character === '^' ? line.charAt(++at) : character;
  }
  return runtimeArguments(seen);
}

/** Microsoft's "Parsing C command-line arguments". */
function runtimeArguments(line: string): readonly string[] {
  const args: string[] = [];
  let arg = '';
  let open = false;
  let some = false;
  for (let at = 0; at <= line.length; at++) {
    const [slashes = ''] = /^\\+(?=")/.exec(line.slice(at)) ?? [];
    if (slashes !== '') {
      arg += '\\'.repeat(Math.floor(slashes.length / 2));
      at += slashes.length;
      if (slashes.length % 2 === 1) {
        arg += '"';
        continue;
      }
    }
    const character = line.charAt(at);
    if (character === '"') {
      open = !open;
      some = true;
    } else if ((character === ' ' && !open) || character === '') {
      if (some || arg !== '') args.push(arg);
      arg = '';
      some = false;
    } else arg += character;
  }
  return args;
}

describe('Copy as cURL', () => {
  it('is received unchanged by the service, from sh', () => {
    fc.assert(
      fc.property(fc.array(text, { minLength: 20, maxLength: 60 }), (values) => {
        const commands = values.map((value) => curlCommand(getRecipe(value), 'posix', false));
        assert.deepEqual(argumentsIn('sh', '', commands), values.map(expected));
      }),
      { numRuns: 10 },
    );
  });

  it('is received unchanged by the service, from bash that expands its history', () => {
    const begin = 'set -o history; set -o histexpand\ntrue one two';
    // Of double quotes it would expand it:
    assert.throws(() => argumentsIn('bash', begin, ['curl "a!true"']));
    fc.assert(
      fc.property(fc.array(text, { minLength: 20, maxLength: 60 }), (values) => {
        const commands = values.map((value) => curlCommand(getRecipe(value), 'posix', false));
        assert.deepEqual(argumentsIn('bash', begin, commands), values.map(expected));
      }),
      { numRuns: 10 },
    );
  });

  it('is received unchanged by the service, by the rules of PowerShell', () => {
    fc.assert(
      fc.property(text, (value) => {
        const [program, ...args] = powershellArguments(curlCommand(getRecipe(value), 'powershell', true));
        assert.equal(program, 'curl.exe');
        assert.deepEqual(args, expected(value));
      }),
    );
    assert.match(curlCommand(getRecipe('x'), 'powershell', false), /^curl '/);
  });

  it('is received unchanged by the service, by the rules of the Command Prompt', () => {
    fc.assert(
      fc.property(text, (value) => {
        const [program, ...args] = cmdArguments(curlCommand(getRecipe(value), 'cmd', true));
        assert.equal(program, 'curl');
        const bare = expected(value).map((arg) => arg.replace(token, token.replaceAll('"', '')));
        assert.deepEqual(args, bare);
      }),
    );
  });

  it('contains no control character of a terminal', () => {
    const families: readonly ShellFamily[] = ['posix', 'powershell', 'cmd'];
    for (const family of families) {
      const command = curlCommand(getRecipe('a\u001B[201~\r\nid\u0007'), family, false);
      assert.doesNotMatch(command.replaceAll('\n  ', ''), /\p{Cc}/u);
    }
  });

  it('a copied request has its parts on separate lines, for people', () => {
    const recipe: RequestTemplate = {
      method: 'GET',
      url: `https://service.example${requestPath`/v1/connections/${"it's!"}`}`,
      headers: { accept: 'application/json', authorization: 'Bearer $API_KEY' },
    };
    assert.equal(
      curlCommand(recipe, 'posix', false),
      String.raw`curl 'https://service.example/v1/connections/it%27s%21' \
  -H 'accept: application/json' \
  -H "authorization: Bearer $API_KEY"`,
    );
    assert.equal(
      curlCommand({ ...recipe, method: 'DELETE' }, 'cmd', true),
      `curl -X DELETE ^"https://service.example/v1/connections/it^%^27s^%^21^" ^
  -H ^"accept: application/json^" ^
  -H "authorization: Bearer %API_KEY%"`,
    );
  });
});

describe('the shell of a terminal', () => {
  it('is recognized by its program or its profile', () => {
    const family = (name: string): string | undefined => shellNamed(name)?.family;
    for (const name of [
      '/bin/bash',
      '/usr/bin/zsh',
      'fish',
      'C:\\Program Files\\Git\\bin\\bash.exe',
      'Git Bash',
      'sh',
    ])
      assert.equal(family(name), 'posix', name);
    for (const name of [
      'pwsh',
      'C:\\WINDOWS\\System32\\WindowsPowerShell\\v1.0\\powershell.exe',
      'PowerShell',
      'Windows PowerShell',
    ])
      assert.equal(family(name), 'powershell', name);
    for (const name of ['${env:windir}\\System32\\cmd.exe', 'Command Prompt', 'cmd'])
      assert.equal(family(name), 'cmd', name);
    for (const name of ['', 'nu', '/bin/tcsh', 'JavaScript Debug Terminal', 'constructor', '__proto__'])
      assert.equal(family(name), undefined, name);
  });

  it('another shell than that of the terminal can be chosen', () => {
    assert.deepEqual(
      offeredShells.map(({ title }) => title),
      ['bash', 'zsh', 'fish', 'PowerShell', 'Command Prompt'],
    );
  });
});
