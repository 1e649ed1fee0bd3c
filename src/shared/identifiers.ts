/** IDs that the code shares and package.json does not declare as contributions. */

/** The commands of clicks on rows. No menu and no palette shows them. */
export const rowCommands = {
  openRow: 'connectionsExplorer.openRow',
  openRun: 'connectionsExplorer.openRun',
} as const;

/** The command of a quick fix. No menu and no palette shows it. */
export const replaceUnknownId = 'connectionsExplorer.replaceUnknownId';

/** Scheme of the documents in which users edit what an action sends. */
export const draftScheme = 'connections-explorer-draft';

/** Scheme of previews of actions, and of JSON schemas. */
export const previewScheme = 'connections-explorer-preview';

/** Scheme of the read-only JSON documents. */
export const jsonScheme = 'connections-explorer-json';

/** Scheme of both sides of a comparison. */
export const compareScheme = 'connections-explorer-compare';

/** The schemes of the documents that belong to one account. */
export const ownSchemes: readonly string[] = [draftScheme, previewScheme, jsonScheme];

/** The folder of documents with JSON of a service, and the language of all files in it. */
export const serviceJsonFolder = 'connections-explorer';
export const serviceJsonLanguage = 'connections-explorer-json';

/** The path of the URIs that are links to resources. */
export const linkPath = '/open';

/** What is dragged from the tree into an editor: a JSON array of IDs. */
export const draggedIdsType = 'application/vnd.connections-explorer.ids';

/** The provider of MCP servers that package.json declares. */
export const mcpProviderId = 'connectionsExplorer.mcp';

/** The type of the webviews of details panels, by which VS Code restores them. */
export const panelType = 'connectionsExplorer.details';
