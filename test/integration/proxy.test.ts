import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as vscode from 'vscode';
import { activated } from './explorer';

describe('the proxy of the user', () => {
  it('is used by requests of the extension', async () => {
    const tunnels: string[] = [];
    const proxy = createServer();
    proxy.on('connect', ({ url }, socket) => {
      tunnels.push(url ?? '');
      socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    const { port } = proxy.address() as AddressInfo;
    const http = vscode.workspace.getConfiguration('http');
    await http.update('proxy', `http://127.0.0.1:${port}`, vscode.ConfigurationTarget.Global);
    try {
      const { accounts } = await activated();
      const settings = { endpoint: 'https://krenalis.invalid' };
      const adding = accounts.add(
        { service: 'krenalis', name: 'Far', settings },
        { apiKey: 'api_0123456789' },
      );
      await assert.rejects(adding);
      assert.deepEqual([...new Set(tunnels)], ['krenalis.invalid:443']);
    } finally {
      await http.update('proxy', undefined, vscode.ConfigurationTarget.Global);
      proxy.close();
    }
  });
});
