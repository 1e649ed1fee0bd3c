/**
 * Writes the colors that VS Code provides to webviews in each theme to test/e2e/themes.json, for tests of the
 * page without an editor. Run it again when VS Code's themes have changed.
 *
 *   node out/scripts/themes.js
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openWorkbench } from '../e2e/openWorkbench';
import { root } from './lib/paths';
import { themeTitles } from '../e2e/themedPage';
import { program } from './lib/program';

/** The colors that the page uses: for text, controls, lists, notifications and charts. */
const wanted =
  /^--vscode-(badge|button|charts|checkbox|contrast|description|disabled|editor-|editorHoverWidget|editorWidget|errorForeground|focusBorder|foreground|icon-|input|keybindingTable|list|menu|notifications|panel-|problems|progressBar|sash|scrollbar|settings|symbolIcon|testing|text|toolbar|widget)/;

/** The document's rules with the theme's variables, as one object. */
const variables = `Object.fromEntries([...document.styleSheets].flatMap((sheet) => [...sheet.cssRules])
  .filter((rule) => rule.style && /\\.monaco-workbench/.test(rule.selectorText))
  .flatMap(({ style }) => [...style].filter((name) => name.startsWith('--vscode-'))
    .map((name) => [name, style.getPropertyValue(name).trim()])))`;

program(async () => {
  const { workbench, close } = await openWorkbench();
  const colours: Record<string, object> = {};
  try {
    // VS Code loads the themes of its own extensions some seconds after the window.
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
