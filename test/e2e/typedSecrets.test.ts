import assert from 'node:assert/strict';
import { after } from 'node:test';
import { startSampleService, type SampleService } from '../../src/sample/server';
import { SERVICE_IDS } from '../support/service';
import { filesWith } from './profile';
import { signInToAdobe, signInToDatadog, signInToImmuta, signInToKrenalis } from './signIn';
import { walkThrough } from './steps';
import type { Workbench } from './workbench';

/** The planted secrets: words that occur nowhere else. */
const TYPED = 'canaryTypedKp7Q2xZ';
const PASTED = 'canaryPastedLm4W9rT';
const HEADER = 'canaryHeaderVb6N3sY';
const EDITED = 'canaryEditedHd8C5uG';
const ENTERED = 'canaryEnteredXe1F7jB';
/** Not a secret: shows that the text around it was written to disk. */
const MARKER = 'marker-of-the-walk';

walkThrough('typed secrets', (step) => {
  let sample: SampleService;
  after(() => sample.close());

  /** Waits until VS Code has backed up a text of the open document, and looks for what must not be there. */
  const assertNotOnDisk = async (workbench: Workbench, marker: string, secret: string): Promise<void> => {
    const { profile } = workbench;
    await workbench.until('VS Code backs the document up', async () =>
      (await filesWith(profile, marker)).some((file) => file.includes('Backups')),
    );
    await workbench.until('it is kept', async () =>
      (await filesWith(profile, marker)).some((file) => file.includes('globalStorage')),
    );
    assert.deepEqual(await filesWith(profile, secret), []);
  };
  /** Answers the box for a secret with its prefilled value, or with another one. @returns the prefilled value */
  const answer = async (workbench: Workbench, name: string, value?: string): Promise<string> => {
    const box = workbench.quickInput.filter({ hasText: `\${secret:${name}}` });
    await box.waitFor();
    assert.equal(await workbench.input.getAttribute('type'), 'password');
    const filledIn = await workbench.input.inputValue();
    if (value !== undefined) await workbench.input.fill(value);
    await workbench.input.press('Enter');
    await box.waitFor({ state: 'hidden' });
    return filledIn;
  };
  /** All that was sent to change something. */
  const sent = (): string =>
    sample.requests
      .filter(({ method, query }) => method !== 'GET' && query.get('dryRun') !== 'true')
      .map(({ body }) => body)
      .join('\n');
  const shows = (workbench: Workbench, text: string): Promise<void> =>
    workbench.until(`the editor shows ${text}`, async () => (await workbench.editorText()).includes(text));

  step('signing in to each service writes no secret to the profile', async (workbench) => {
    sample = await startSampleService({ rate: 0, connections: 4 });
    await workbench.openView();
    await workbench.sideBarWidth(420);
    await signInToAdobe(workbench, sample, 'Analytics');
    await signInToDatadog(workbench, sample, 'Product');
    await signInToKrenalis(workbench, sample, 'Customers');
    await signInToImmuta(workbench, sample, 'Governance');
    await workbench.row({ name: 'Governance', level: 1 });
    await workbench.kept('Governance');
    const secrets = SERVICE_IDS.flatMap((id) => Object.values<string>(sample.credentials(id).secrets));
    assert.ok(secrets.length >= 5 && secrets.every((secret) => secret.length > 7));
    for (const secret of secrets) assert.deepEqual(await filesWith(workbench.profile, secret), []);
  });

  step('a secret typed into a template is removed as a whole', async (workbench) => {
    await workbench.contextMenu({ name: 'Customers', level: 1 }, 'Create Connection…');
    await workbench.tab(/^Create Connection/).waitFor();
    const password = '"password": "${secret:password}"';
    await workbench.replaceInEditor('"settings": {}', `"settings": { "host": "${MARKER}", ${password} }`);
    await workbench.selectInEditor('${secret:password}');
    await workbench.page.keyboard.type(TYPED, { delay: 20 });
    await shows(workbench, `${password} }`);
    await workbench.notification('Secrets are not kept in documents');
    await workbench.screenshot('secrets-typed');
    await workbench.dismiss();
    await assertNotOnDisk(workbench, MARKER, TYPED);
  });

  step('so is one that is recognized by its look, under a harmless name', async (workbench) => {
    await workbench.replaceInEditor(`"host": "${MARKER}"`, `"host": "${MARKER}-2", "header": "" `);
    await workbench.selectInEditor('"header": ""');
    await workbench.paste(`"header": "Bearer ${HEADER}"`);
    await shows(workbench, '"header": "${secret:header}"');
    await assertNotOnDisk(workbench, `${MARKER}-2`, HEADER);
  });

  step('so is one that replaces a placeholder, and the service gets it', async (workbench) => {
    await workbench.expand({ name: 'Governance', level: 1 });
    const rows = workbench
      .rows({ name: /databricks/, level: 2 })
      .filter({ hasNotText: /inactive|unhealthy/ });
    await rows.first().waitFor();
    const name = await rows.first().locator('.label-name').innerText();
    await workbench.contextMenu({ name, level: 2 }, 'Edit as JSON');
    await workbench.tab(new RegExp(`^Edit ${name}`)).waitFor();
    await workbench.replaceInEditor('"scope": "', `"scope": "${MARKER}-3`);
    await workbench.selectInEditor('"[REDACTED]"');
    await workbench.paste(`"${EDITED}"`);
    await shows(workbench, '"content": "${secret:privateKey}"');
    await assertNotOnDisk(workbench, `${MARKER}-3`, EDITED);
    sample.clearRequests();
    await workbench.page.keyboard.press('Control+s');
    await workbench.sendButton.click();
    assert.equal(await answer(workbench, 'privateKey'), EDITED);
    await workbench.until('the service gets it', () => Promise.resolve(sent().includes(EDITED)));
    assert.deepEqual(await filesWith(workbench.profile, EDITED), []);
    await workbench.dismiss();
  });

  step('a key pasted with its line breaks is sent to the service as a whole', async (workbench) => {
    await workbench.contextMenu({ name: 'Governance', level: 1 }, 'Create Connection…');
    await workbench.choose('Create Databricks Connection…');
    await workbench.tab(/^Create Databricks Connection/).waitFor();
    await workbench.replaceInEditor('"connectionKey": ""', `"connectionKey": "${MARKER}-4"`);
    for (const member of ['clientId', 'scope', 'publicCertificateThumbprint', 'filename'])
      await workbench.replaceInEditor(`"${member}": ""`, `"${member}": "x"`);
    await workbench.replaceInEditor('"https://"', '"https://login.example.com"');
    await workbench.selectInEditor('${secret:privateKey}');
    const key = `-----BEGIN PRIVATE KEY-----\nAAAA${PASTED}\nBBBB\n-----END PRIVATE KEY-----`;
    await workbench.paste(key);
    await shows(workbench, '"content": "${secret:privateKey}"');
    await assertNotOnDisk(workbench, `${MARKER}-4`, PASTED);
    sample.clearRequests();
    await workbench.page.keyboard.press('Control+s');
    await workbench.sendButton.click();
    await answer(workbench, 'privateKey');
    await workbench.until('the service gets it', () =>
      Promise.resolve(sent().includes(JSON.stringify(key).slice(1, -1))),
    );
    assert.deepEqual(await filesWith(workbench.profile, PASTED), []);
    await workbench.dismiss();
  });

  step('a secret entered when its document is sent goes to the service only', async (workbench) => {
    await workbench.tab(/^Create Connection/).click();
    await workbench.replaceInEditor('"name": ""', '"name": "Warehouse"');
    await workbench.replaceInEditor('"connector": ""', '"connector": "postgresql"');
    await workbench.replaceInEditor('"header": "${secret:header}"', '"key": "${secret:mine}"');
    sample.clearRequests();
    await workbench.page.keyboard.press('Control+s');
    await workbench.sendButton.click();
    assert.equal(await answer(workbench, 'mine', ENTERED), '');
    assert.equal(await answer(workbench, 'password'), TYPED);
    await workbench.until('the service gets both', () =>
      Promise.resolve(sent().includes(ENTERED) && sent().includes(TYPED)),
    );
    for (const secret of [TYPED, ENTERED]) assert.deepEqual(await filesWith(workbench.profile, secret), []);
  });
});
