/**
 * Defines VS Code's controls for the browser. They and what they are built with are as much code as the rest of a tab,
 * so they are loaded after it is drawn: until then they keep their room by style.css, and take what was set before.
 */
import '@vscode-elements/elements/dist/vscode-button/index.js';
import '@vscode-elements/elements/dist/vscode-icon/index.js';
import '@vscode-elements/elements/dist/vscode-progress-bar/index.js';
import '@vscode-elements/elements/dist/vscode-textfield/index.js';
import '@vscode-elements/elements/dist/vscode-toolbar-button/index.js';
