/**
 * Writes the colours that VS Code gives webviews in each theme to test/e2e/themes.json, for the tests of the page
 * without an editor. To be run again where VS Code's themes have changed.
 *
 *   node out/scripts/themes.js
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openWorkbench } from '../e2e/openWorkbench';
import { root } from './lib/paths';
import { themeTitles } from '../e2e/themedPage';
import { program } from './lib/program';

/** What pages draw with: the colours of text, controls, lists, notices and charts. */
const wanted =
  /^--vscode-(badge|button|charts|checkbox|contrast|description|disabled|editor-|editorHoverWidget|editorWidget|errorForeground|focusBorder|foreground|icon-|input|keybindingTable|list|menu|notifications|panel-|problems|progressBar|sash|scrollbar|settings|symbolIcon|testing|text|toolbar|widget)/;

/** The rules of the document that carry the theme's variables, as one object. */
const variables = `Object.fromEntries([...document.styleSheets].flatMap((sheet) => [...sheet.cssRules])
  .filter((rule) => rule.style && /\\.monaco-workbench/.test(rule.selectorText))
  .flatMap(({ style }) => [...style].filter((name) => name.startsWith('--vscode-'))
    .map((name) => [name, style.getPropertyValue(name).trim()])))`;

program(async () => {
  const { workbench, close } = await openWorkbench();
  const colours: Record<string, object> = {};
  try {
    // The themes of VS Code's own extensions come some seconds after the window.
    await workbench.page.waitForTimeout(5000);
    for (const [name, title] of Object.entries(themeTitles)) {
      await workbench.setTheme(title);
      await workbench.page.waitForTimeout(1500);
      const all = await workbench.page.evaluate<Record<string, string>>(variables);
      colours[name] = Object.fromEntries(
        Object.entries(all)
          .filter(([variable]) => wanted.test(variable))
          .sort(),
      );
    }
    await writeFile(join(root, 'test/e2e/themes.json'), `${JSON.stringify(colours, null, 2)}\n`);
    return 0;
  } finally {
    await close();
  }
}, 120_000);
