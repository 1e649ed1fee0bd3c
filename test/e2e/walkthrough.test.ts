import assert from 'node:assert/strict';
import { after } from 'node:test';
import type { Locator } from 'playwright-core';
import german from '../../package.nls.de.json';
import english from '../../package.nls.json';
import manifest from '../../package.json';
import { startSampleService, type SampleService } from '../../src/sample/server';
import { addAccount } from './accounts';
import { comes } from './comes';
import { walkThrough } from './steps';
import { themes, themeTitles, type Theme } from './themedPage';
import type { RowQuery, Workbench } from './workbench';

type Texts = Readonly<Record<string, string>>;

const { id: WALKTHROUGH, steps } = manifest.contributes.walkthroughs[0] ?? assert.fail();
const ID = `${manifest.publisher}.${manifest.name}#${WALKTHROUGH}`;

/** VS Code shows the pictures of a walkthrough only if its editor is wide enough for them. */
const WIDE = { width: 1600, height: 900 };

const connection: RowQuery = { name: /./, level: 1 };

/** The classes that VS Code gives to the page of a picture. */
const THEME_CLASSES: Readonly<Record<Theme, string>> = {
  dark: 'vscode-dark',
  light: 'vscode-light',
  'hc-dark': 'vscode-high-contrast:not(.vscode-high-contrast-light)',
  'hc-light': 'vscode-high-contrast-light',
};

/** A step of the walkthrough: its title, with its description and its buttons while it is open. */
function getStep(workbench: Workbench, step: string): Locator {
  return workbench.page.locator(`.getting-started-step[data-step-id="${ID}#${step}"]`);
}

/** Waits until a step has the mark that says it is done. */
async function isDone(workbench: Workbench, step: string): Promise<void> {
  await getStep(workbench, step).locator('[role=checkbox][aria-checked="true"]').waitFor();
}

/** The steps that are done. */
async function doneSteps(workbench: Workbench): Promise<readonly string[]> {
  const checks = await Promise.all(
    steps.map(async ({ id }) => {
      const box = getStep(workbench, id).getByRole('checkbox');
      return (await box.getAttribute('aria-checked')) === 'true' ? [id] : [];
    }),
  );
  return checks.flat();
}

/** Waits until a step is open. */
async function isOpen(workbench: Workbench, step: string): Promise<void> {
  await workbench.page.locator(`.getting-started-step.expanded[data-step-id="${ID}#${step}"]`).waitFor();
}

/** Opens a step by a click on its title. */
async function clickStep(workbench: Workbench, step: string): Promise<void> {
  await getStep(workbench, step).locator('.step-title').click();
  await isOpen(workbench, step);
}

/** Opens a step by Tab and Enter. */
async function openByKeys(workbench: Workbench, step: string): Promise<void> {
  await tabTo(workbench, `the step ${step}`, `getAttribute('data-step-id') === '${ID}#${step}'`);
  await workbench.page.keyboard.press('Enter');
  await isOpen(workbench, step);
}

/** Presses a button of the open step by Tab and Enter. */
async function pressByKeys(workbench: Workbench, button: string): Promise<void> {
  await tabTo(workbench, button, `textContent === '${button}'`);
  await workbench.page.keyboard.press('Enter');
}

/** Presses Tab until the element with the focus has something, which an expression says of it. */
async function tabTo(workbench: Workbench, what: string, has: string): Promise<void> {
  await workbench.until(`the focus on ${what}`, async () => {
    if (await workbench.page.evaluate<boolean>(`document.activeElement?.${has}`)) return true;
    await workbench.page.keyboard.press('Tab');
    return false;
  });
}

/** Moves the focus to the editor by its key. */
async function focusEditor(workbench: Workbench): Promise<void> {
  await workbench.page.keyboard.press('ControlOrMeta+1');
}

/**
 * Waits for the picture of the open step.
 * @param inTheme a selector of the page around it
 * @returns the color that it gives to texts
 */
async function drawnColor(
  workbench: Workbench,
  step: string,
  texts: Texts,
  inTheme = 'body',
): Promise<string> {
  const label = texts[`walkthrough.${step}.altText`] ?? assert.fail(step);
  const frame = workbench.page.frameLocator('.getting-started-media iframe').frameLocator('#active-frame');
  const picture = frame.locator(inTheme).getByRole('img', { name: label, exact: true });
  await picture.waitFor();
  const page = await (await picture.elementHandle()).ownerFrame();
  return await (page ?? assert.fail()).evaluate<string>(
    "getComputedStyle(document.querySelector('svg')).fill",
  );
}

walkThrough('the walkthrough', (step) => {
  let samples: readonly SampleService[] = [];
  after(async () => {
    for (const sample of samples) await sample.close();
  });

  step('a link of the view without accounts opens it at its first step', async (workbench) => {
    await workbench.page.setViewportSize(WIDE);
    await workbench.openView();
    await workbench.welcome('open the walkthrough').click();
    await isOpen(workbench, 'sample');
    assert.deepEqual(await doneSteps(workbench), []);
  });

  step('leaving its question open completes no step', async (workbench) => {
    await getStep(workbench, 'sample').getByRole('button', { name: 'Explore Sample Data' }).click();
    await workbench.quickInput.filter({ hasText: 'Explore Sample Data' }).waitFor();
    await workbench.page.keyboard.press('Escape');
    await workbench.quickInput.waitFor({ state: 'hidden' });
    assert.deepEqual(await doneSteps(workbench), []);
  });

  step('its button explores sample data, which completes the first step only', async (workbench) => {
    await getStep(workbench, 'sample').getByRole('button', { name: 'Explore Sample Data' }).click();
    await workbench.choose('Adobe Customer Journey Analytics');
    await workbench.row(connection);
    await isDone(workbench, 'sample');
    assert.deepEqual(await doneSteps(workbench), ['sample']);
    await workbench.screenshot('walkthrough');
  });

  step('by keyboard: the step for Adobe opens its addresses', async (workbench) => {
    await focusEditor(workbench);
    await openByKeys(workbench, 'adobe');
    for (const [button, address] of [
      ['Open Developer Console', 'https://developer.adobe.com/console'],
      ['Open Admin Console', 'https://adminconsole.adobe.com'],
    ] as const) {
      await pressByKeys(workbench, button);
      const question = workbench.page.locator('.monaco-dialog-box').filter({ hasText: address });
      await question.waitFor();
      await workbench.page.keyboard.press('Escape');
      await question.waitFor({ state: 'hidden' });
    }
  });

  step('by keyboard: expanding a row completes the step about browsing', async (workbench) => {
    await focusEditor(workbench);
    await openByKeys(workbench, 'browse');
    await pressByKeys(workbench, 'Open Connections');
    const expanded = workbench.rows(connection).first().and(workbench.page.locator('[aria-expanded="true"]'));
    await workbench.until('the first row is expanded', async () => {
      await workbench.page.keyboard.press('Home');
      await workbench.page.keyboard.press('ArrowRight');
      return await comes(expanded.waitFor({ timeout: 2_000 }));
    });
    await isDone(workbench, 'browse');
    assert.deepEqual(await doneSteps(workbench), ['sample', 'browse']);
  });

  step('by keyboard: a copied ID completes the step about copying', async (workbench) => {
    await workbench.page.evaluate('navigator.clipboard.writeText("")');
    await focusEditor(workbench);
    await openByKeys(workbench, 'copyId');
    await pressByKeys(workbench, 'Copy ID');
    await workbench.until('an ID on the clipboard', async () => {
      if (await workbench.quickInput.getByRole('option').first().isVisible())
        await workbench.page.keyboard.press('Enter');
      return /^(?:dg_)?[\w-]{8,}$/.test(await workbench.clipboard());
    });
    await isDone(workbench, 'copyId');
    assert.deepEqual(await doneSteps(workbench), ['sample', 'browse', 'copyId']);
  });

  step('by keyboard: a refreshed status completes the step about backfills', async (workbench) => {
    await focusEditor(workbench);
    await openByKeys(workbench, 'followRuns');
    await pressByKeys(workbench, 'Refresh Backfill Status');
    await isDone(workbench, 'followRuns');
    assert.deepEqual(await doneSteps(workbench), ['sample', 'browse', 'copyId', 'followRuns']);
  });

  step(
    'an account without permission completes signing in, but not the step for Adobe',
    async (workbench) => {
      const sample = await startSampleService({ admin: false, rate: 0 });
      samples = [...samples, sample];
      await addAccount(workbench, sample, 'Without Permission');
      await workbench.expand({ name: 'Without Permission', level: 1 });
      await workbench.row({ name: 'Adobe returned an empty list of connections', level: 2 });
      await isDone(workbench, 'signIn');
      assert.deepEqual(await doneSteps(workbench), ['sample', 'signIn', 'browse', 'copyId', 'followRuns']);
      await workbench.collapse({ name: 'Without Permission', level: 1 });
    },
  );

  step('an account with connections completes the step for Adobe, and all are done', async (workbench) => {
    const sample = await startSampleService({ rate: 0, connections: 3 });
    samples = [...samples, sample];
    await addAccount(workbench, sample, 'Retail');
    await workbench.expand({ name: 'Retail', level: 1 });
    await isDone(workbench, 'adobe');
    assert.deepEqual(
      await doneSteps(workbench),
      steps.map(({ id }) => id),
    );
  });

  step('every step has a picture in the colors of the theme', async (workbench) => {
    const colors = new Set<string>();
    for (const theme of themes) {
      await workbench.setTheme(themeTitles[theme]);
      for (const { id } of steps) {
        await clickStep(workbench, id);
        colors.add(await drawnColor(workbench, id, english, `body.${THEME_CLASSES[theme]}`));
        await workbench.screenshot(`walkthrough-${theme}-${id}`);
      }
    }
    assert.equal(colors.size, themes.length, [...colors].join());
  });
});

walkThrough(
  'the walkthrough in German',
  (step) => {
    step('shows titles, texts, buttons and pictures in German', async (workbench) => {
      await workbench.page.setViewportSize(WIDE);
      await workbench.openView();
      await workbench.welcome('Einführung').click();
      await workbench.page.getByRole('heading', { name: german.walkthrough, level: 2 }).waitFor();
      for (const { id } of steps) {
        await clickStep(workbench, id);
        const texts: Texts = german;
        const title = texts[`walkthrough.${id}`] ?? assert.fail(id);
        await getStep(workbench, id).getByRole('heading', { name: title, exact: true }).waitFor();
        await drawnColor(workbench, id, german);
        await workbench.screenshot(`walkthrough-de-${id}`);
      }
    });
  },
  { language: 'de' },
);
