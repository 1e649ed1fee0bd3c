import * as vscode from 'vscode';
import { settings, settingsSection } from '../../shared/contributions';
import type { CommandTable, Handler } from '../../ui/commands/commandTable';
import { isMcpServerOn } from '../../ui/configuration';
import { reportError, showInformation } from '../../ui/messages';
import type { McpLoader } from './mcpLoader';

interface ToolsContext {
  readonly mcp: Pick<McpLoader, 'load'>;
}

/** Commands about agents. */
export const toolsCommands = {
  /** Copies the address and the token of the [MCP server](language-model-tools.md#agents-outside-the-chat). */
  copyMcpConfiguration: { rows: 'none', handler: copyMcpConfiguration },
} satisfies CommandTable<ToolsContext>;

function copyMcpConfiguration({ mcp }: ToolsContext): Handler {
  return async () => {
    const running = isMcpServerOn() ? await (await mcp.load()).start() : undefined;
    if (!running) {
      offerSetting().catch(reportError);
      return;
    }
    const { url, token } = running;
    const server = { type: 'http', url, headers: { Authorization: `Bearer ${token}` } };
    const text = JSON.stringify({ mcpServers: { 'connections-explorer': server } }, undefined, 2);
    await vscode.env.clipboard.writeText(`${text}\n`);
    void showInformation(
      vscode.l10n.t('Copied the MCP configuration with its token, which is valid until this window closes.'),
    );
  };
}

async function offerSetting(): Promise<void> {
  const open = vscode.l10n.t('Open Setting');
  const answer = await showInformation(vscode.l10n.t('Turn on the MCP server in your settings first.'), open);
  if (answer !== open) return;
  const setting = `${settingsSection}.${settings.mcpServer}`;
  await vscode.commands.executeCommand('workbench.action.openSettings', setting);
}
