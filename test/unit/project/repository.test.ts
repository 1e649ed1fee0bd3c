import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { parse, type ParseError } from 'jsonc-parser';
import { PNG } from 'pngjs';
import * as v from 'valibot';
import manifest from '../../../package.json';
import { services } from '../../../src/core/services/registry';
import { root } from '../../scripts/lib/paths';

const { load } = createRequire(join(root, 'package.json'))('js-yaml') as { load: (text: string) => unknown };

const Texts = v.record(v.string(), v.string());
const Step = v.looseObject({
  uses: v.optional(v.string()),
  run: v.optional(v.string()),
  with: v.optional(v.record(v.string(), v.unknown())),
  env: v.optional(Texts),
});
const Job = v.looseObject({
  needs: v.optional(v.union([v.string(), v.array(v.string())])),
  environment: v.optional(v.string()),
  permissions: Texts,
  'timeout-minutes': v.number(),
  steps: v.array(Step),
});
const Workflow = v.looseObject({ permissions: v.strictObject({}), jobs: v.record(v.string(), Job) });
const Updates = v.object({
  updates: v.array(
    v.looseObject({
      'package-ecosystem': v.string(),
      directory: v.string(),
      cooldown: v.looseObject({ 'default-days': v.number() }),
      groups: v.optional(v.record(v.string(), v.looseObject({ patterns: v.array(v.string()) }))),
      ignore: v.optional(v.array(v.looseObject({ 'dependency-name': v.string() }))),
    }),
  ),
});
const Form = v.strictObject({
  name: v.string(),
  description: v.string(),
  labels: v.array(v.string()),
  body: v.array(
    v.looseObject({
      type: v.picklist(['markdown', 'input', 'textarea', 'dropdown', 'checkboxes']),
      id: v.optional(v.string()),
      attributes: v.looseObject({ label: v.optional(v.string()), options: v.optional(v.array(v.string())) }),
    }),
  ),
});
const Extensions = v.array(v.string());

/** Those of https://code.visualstudio.com/api/references/extension-manifest, but for themes, keys and languages. */
const CATEGORIES = [
  ...['AI', 'Azure', 'Chat', 'Data Science', 'Debuggers', 'Education', 'Machine Learning', 'Notebooks'],
  ...['SCM Providers', 'Testing', 'Visualization', 'Other'],
];

const workflows = namesIn('.github/workflows');

describe('the workflows', () => {
  for (const name of workflows) {
    const { jobs } = workflow(name);
    const steps = Object.values(jobs).flatMap((job) => job.steps);
    const commands = steps.flatMap(({ run }) => run ?? []);

    it(`${name} names actions by commit, with their version beside it`, () => {
      const lines = getText(`.github/workflows/${name}`)
        .split('\n')
        .filter((line) => line.includes('uses:'));
      assert.equal(lines.length, steps.filter(({ uses }) => uses !== undefined).length);
      for (const line of lines) assert.match(line, /uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
    });

    it(`${name} runs scripts and programs that exist`, () => {
      const text = commands.join('\n');
      for (const [, script = ''] of text.matchAll(/npm run ([\w:]+)/g))
        assert.ok(script in manifest.scripts, script);
      for (const [, program = ''] of text.matchAll(/node out\/scripts\/(\w+)\.js/g)) {
        assert.ok(existsSync(join(root, 'test', 'scripts', `${program}.ts`)), program);
      }
      for (const [, tool = ''] of text.matchAll(/npx (?!--yes \S+@\d+\.\d+\.\d+ )(\S+)/g)) {
        const packages = Object.keys(manifest.devDependencies);
        assert.ok(packages.includes(tool) || packages.includes(`@vscode/${tool}`), tool);
      }
    });

    it(`${name} keeps no credentials of git, and secrets only in single steps of jobs with an environment`, () => {
      for (const { uses = '', with: options } of steps) {
        if (uses.startsWith('actions/checkout@')) assert.equal(options?.['persist-credentials'], false);
      }
      const secrets = getText(`.github/workflows/${name}`).match(/secrets\./g) ?? [];
      const inEnvironments = Object.values(jobs)
        .filter(({ environment }) => environment !== undefined)
        .flatMap((job) => job.steps.flatMap(({ env = {} }) => Object.values(env)))
        .filter((value) => value.includes('secrets.'));
      assert.equal(secrets.length, inEnvironments.length);
    });
  }
});

describe('the release', () => {
  const { jobs } = workflow('release.yml');
  const runs = (job: string): string => (jobs[job]?.steps ?? []).map(({ run }) => run ?? '').join('\n');

  it('a release packages once, and publishes and attaches that file', () => {
    const all = Object.keys(jobs).map(runs).join('\n');
    assert.equal(all.match(/npm run package/g)?.length, 1);
    const [, file = ''] = /--out (\S+\.vsix)/.exec(manifest.scripts.package) ?? [];
    assert.ok(file.length > 0);
    assert.match(runs('marketplace'), new RegExp(`vsce publish --packagePath ${file}$`, 'm'));
    assert.match(runs('open-vsx'), new RegExp(`ovsx@[\\d.]+ publish ${file}$`, 'm'));
    assert.ok(runs('github').includes(` ${file} source-maps.tar.gz `));
    for (const job of ['marketplace', 'open-vsx', 'github'])
      assert.ok([jobs[job]?.needs].flat().includes('package'), job);
  });

  it('the first job of a release passes on everything that later jobs need', () => {
    const uploads = jobs.package?.steps.find(({ uses }) => uses?.startsWith('actions/upload-artifact@'));
    const paths = String(uploads?.with?.path).trim().split('\n');
    assert.deepEqual(paths, ['connections-explorer.vsix', 'source-maps.tar.gz', 'notes.md']);
    const downloads = Object.values(jobs)
      .flatMap(({ steps }) => steps)
      .filter(({ uses }) => uses?.startsWith('actions/download-artifact@'));
    assert.deepEqual(
      downloads.map((step) => step.with?.name),
      Array(3).fill(uploads?.with?.name),
    );
  });

  it('only one job of a release writes to the repository', () => {
    const writers = Object.entries(jobs).filter(([, { permissions }]) => permissions.contents === 'write');
    assert.deepEqual(
      writers.map(([name]) => name),
      ['github'],
    );
  });

  it('a release finds the source maps where the build puts them', () => {
    const [, maps = ''] = /const MAPS = '([\w-]+)'/.exec(getText('esbuild.js')) ?? [];
    assert.match(runs('package'), new RegExp(`source-maps\\.tar\\.gz ${maps}$`, 'm'));
    assert.ok(getText('.gitignore').split('\n').includes(`${maps}/`));
  });
});

describe('updates of dependencies', () => {
  const { updates } = v.parse(Updates, yaml('.github/dependabot.yml'));

  it('updates of npm, actions and the container wait for a while', () => {
    assert.deepEqual(
      updates.map((update) => update['package-ecosystem']),
      ['npm', 'github-actions', 'docker'],
    );
    for (const { directory, cooldown } of updates) {
      assert.ok(existsSync(join(root, directory)), directory);
      assert.ok(cooldown['default-days'] >= 7);
    }
  });

  it('updates are grouped or ignored for libraries that are used', () => {
    const packages = Object.keys(manifest.devDependencies);
    for (const { groups = {}, ignore = [] } of updates.slice(0, 1)) {
      const patterns = Object.values(groups).flatMap((group) => group.patterns);
      for (const pattern of [...patterns, ...ignore.map((one) => one['dependency-name'])]) {
        const start = pattern.replace(/\*$/, '');
        assert.ok(
          packages.some((name) => (start === pattern ? name === pattern : name.startsWith(start))),
          pattern,
        );
      }
    }
  });
});

describe('the issue forms', () => {
  for (const name of ['bug.yml', 'feature.yml']) {
    it(`${name} asks for what GitHub can show, and for a service of the extension`, () => {
      const { body } = v.parse(Form, yaml(`.github/ISSUE_TEMPLATE/${name}`));
      const ids = body.flatMap(({ id }) => id ?? []);
      assert.equal(new Set(ids).size, ids.length);
      for (const { type, attributes } of body)
        assert.equal(attributes.label === undefined, type === 'markdown');
      const options = body.find(({ id }) => id === 'service')?.attributes.options ?? [];
      for (const { title } of services) assert.ok(options.includes(title), title);
    });
  }

  it('there are two issue forms, with links into the repository', () => {
    assert.deepEqual(namesIn('.github/ISSUE_TEMPLATE').toSorted(), ['bug.yml', 'config.yml', 'feature.yml']);
    const Config = v.strictObject({
      blank_issues_enabled: v.boolean(),
      contact_links: v.array(v.strictObject({ name: v.string(), url: v.string(), about: v.string() })),
    });
    for (const { url } of v.parse(Config, yaml('.github/ISSUE_TEMPLATE/config.yml')).contact_links)
      assert.ok(url.startsWith(`${repository()}/`), url);
  });
});

describe('the development container', () => {
  const Container = v.looseObject({
    build: v.object({ dockerfile: v.string() }),
    postCreateCommand: v.string(),
    customizations: v.object({ vscode: v.object({ extensions: Extensions }) }),
  });
  const container = v.parse(Container, json('.devcontainer/devcontainer.json'));

  it('the development container has a Node that CI tests', () => {
    const dockerfile = getText(`.devcontainer/${container.build.dockerfile}`);
    const [, node = ''] = /^FROM \S+:(\d+)-/m.exec(dockerfile) ?? [];
    assert.ok(getText('.github/workflows/ci.yml').includes(`'${node}'`), `Node ${node}`);
  });

  it('the development container brings a browser that the tests find', () => {
    const dockerfile = getText(`.devcontainer/${container.build.dockerfile}`);
    assert.match(dockerfile, /^ +chromium /m);
    assert.ok(getText('test/scripts/lib/browser.ts').includes("'chromium'"));
  });

  it('the development container brings the recommended extensions', () => {
    const { recommendations } = v.parse(
      v.object({ recommendations: Extensions }),
      json('.vscode/extensions.json'),
    );
    assert.deepEqual(container.customizations.vscode.extensions, recommendations);
  });
});

describe('the settings for this folder in VS Code', () => {
  const Tasks = v.object({
    tasks: v.array(
      v.looseObject({
        label: v.string(),
        type: v.string(),
        script: v.optional(v.string()),
        command: v.optional(v.string()),
      }),
    ),
  });
  const { tasks } = v.parse(Tasks, json('.vscode/tasks.json'));

  it('tasks run scripts and files that exist', () => {
    for (const { script, command, label } of tasks) {
      if (script !== undefined) assert.ok(script in manifest.scripts, label);
      else assert.ok(existsSync(join(root, /^node (\S+)/.exec(command ?? '')?.[1] ?? 'no such file')), label);
    }
  });

  it('launches come after tasks that exist, with bundles that exist', () => {
    const Launches = v.object({
      configurations: v.array(v.looseObject({ args: v.array(v.string()), preLaunchTask: v.string() })),
    });
    for (const { args, preLaunchTask } of v.parse(Launches, json('.vscode/launch.json')).configurations) {
      assert.ok(
        tasks.some(({ label }) => label === preLaunchTask),
        preLaunchTask,
      );
      for (const argument of args) {
        const [, path] = /\$\{workspaceFolder\}\/(.+)/.exec(argument) ?? [];
        if (path !== undefined) assert.ok(existsSync(join(root, path)), argument);
      }
    }
  });

  it('settings format with a recommended extension, and use the TypeScript of the project', () => {
    const settings = v.parse(v.record(v.string(), v.unknown()), json('.vscode/settings.json'));
    const tsdk = String(settings['typescript.tsdk']);
    assert.ok(existsSync(join(root, tsdk, 'typescript.js')), tsdk);
    assert.equal(settings['editor.formatOnSave'], true);
    assert.ok(getText('.vscode/extensions.json').includes(String(settings['editor.defaultFormatter'])));
  });

  it('editors agree with git and prettier about line endings and indentation', () => {
    const config = getText('.editorconfig');
    assert.match(config, /^end_of_line = lf$/m);
    assert.match(getText('.gitattributes'), /^\* text=auto eol=lf$/m);
    assert.match(config, /^indent_style = space$/m);
    assert.match(config, /^indent_size = 2$/m);
    const prettier = v.parse(v.record(v.string(), v.unknown()), json('.prettierrc.json'));
    for (const key of ['tabWidth', 'useTabs', 'endOfLine']) assert.ok(!(key in prettier), key);
  });
});

describe('what the Marketplace shows', () => {
  it('the icon has 256 pixels', () => {
    const { width, height } = PNG.sync.read(readFileSync(join(root, manifest.icon)));
    assert.deepEqual([width, height], [256, 256]);
  });

  it('the pages for questions and bugs are those of the repository', () => {
    for (const url of [manifest.homepage, manifest.bugs.url, manifest.qna])
      assert.ok(url.startsWith(repository()), url);
  });

  it('the categories are among those of the Marketplace', () => {
    for (const category of manifest.categories) assert.ok(CATEGORIES.includes(category), category);
    assert.ok(manifest.categories.length > 1, 'people find more by a category than by Other');
    assert.ok(manifest.keywords.length <= 30);
  });
});

function repository(): string {
  return manifest.repository.url.replace(/\.git$/, '');
}

function workflow(name: string): v.InferOutput<typeof Workflow> {
  return v.parse(Workflow, yaml(`.github/workflows/${name}`));
}

/** The content of a YAML file. @throws Error if it is invalid, or has a duplicate key */
function yaml(path: string): unknown {
  return load(getText(path));
}

/** What a file of JSON with comments holds. */
function json(path: string): unknown {
  const errors: ParseError[] = [];
  const value: unknown = parse(getText(path), errors);
  assert.deepEqual(errors, [], path);
  return value;
}

function namesIn(folder: string): readonly string[] {
  return readdirSync(join(root, folder));
}

function getText(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}
