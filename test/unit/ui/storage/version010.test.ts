import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { KnownSecrets } from '../../../../src/core/redaction/knownSecrets';
import type { Secrets } from '../../../../src/core/services/contract/signIn';
import { services } from '../../../../src/core/services/registry';
import type { Store } from '../../../../src/core/store/store';
import { Accounts } from '../../../../src/features/accounts/accounts';
import { Sessions } from '../../../../src/features/accounts/sessions';
import { ChosenFiles } from '../../../../src/features/compare/chosenFiles';
import { TreeFilter } from '../../../../src/features/connections/filter';
import { RunningRuns } from '../../../../src/features/runs/crossWindow';
import { WatchList } from '../../../../src/features/runs/watchList';
import { compareScheme } from '../../../../src/shared/identifiers';
import { parseComparedText } from '../../../../src/ui/documents/comparedText';
import { FakeStorage, session } from '../../../support/fakes/accounts';
import { openStorage } from '../../../support/fakes/storage';
import stored from '../../../support/stored/version-0.1.0.json';

/** What the extension reads when a window opens. */
interface Opened {
  readonly accounts: Accounts;
  readonly filter: TreeFilter;
  readonly watches: WatchList;
  readonly running: readonly string[];
  readonly chosen: ChosenFiles;
}

/** What all windows of a profile share. */
class Profile {
  readonly folder = mkdtempSync(join(tmpdir(), 'stored-'));
  readonly shared = new FakeStorage();
  readonly workspaceState = new Map<string, unknown>(Object.entries(stored.workspaceState));

  constructor() {
    for (const [key, value] of Object.entries(stored.globalState)) this.shared.state.set(key, value);
    for (const [key, text] of Object.entries(stored.secrets)) this.shared.secrets.set(key, text);
  }

  /** Opens a window as `activate` does. */
  async open(): Promise<Opened> {
    const { folder, shared, workspaceState } = this;
    const storage = openStorage({ shared, folder, workspace: 'w', workspaceState });
    const accounts = new Accounts(storage.accountState, shared.secretStorage(), services);
    const watches = new WatchList(storage, accounts);
    return {
      ...{ accounts, watches },
      filter: new TreeFilter({} as unknown as Store, storage),
      running: await new RunningRuns(storage).load((path) => watches.covers(path)),
      chosen: new ChosenFiles(storage),
    };
  }
}

const id = '8e1f6a96-bc36-415c-a087-6f353fc227a1';
const accountKey = `account:${id}` as const;

describe('data of version 0.1.0', () => {
  const profiles: Profile[] = [];
  const makeProfile = (): Profile => {
    const profile = new Profile();
    profiles.push(profile);
    return profile;
  };
  after(() => {
    for (const { folder } of profiles) rmSync(folder, { recursive: true, maxRetries: 5 });
  });

  /** The windows that see it: the first one migrates, the second one finds what the first one left. */
  const opens = async (check: (opened: Opened) => unknown): Promise<void> => {
    const profile = makeProfile();
    for (let window = 1; window <= 2; window++) await check(await profile.open());
  };

  it('keeps the account with its name, settings and production mark', () =>
    opens(({ accounts }) => {
      const { service, name, production, sample, settings } = stored.globalState[accountKey];
      assert.deepEqual(accounts.list(), [{ id, service, name, production, sample, settings }]);
    }));

  it('opens sessions with the secret of the account', () =>
    opens(async ({ accounts }) => {
      const used: Secrets[] = [];
      const sessions = new Sessions({
        ...{ accounts, knownSecrets: new KnownSecrets() },
        services: services.map((service) => ({
          ...service,
          connect: (_, secrets) => {
            used.push(secrets);
            return Promise.resolve(session());
          },
        })),
        http: () => Promise.resolve(() => assert.fail('no request is part of this test')),
        resolveSecrets: (secrets) => Promise.resolve(secrets),
        startSample: () => assert.fail('this is no sample account'),
      });
      await sessions.of(id);
      assert.deepEqual(used, [{ clientSecret: 'p8e-sample-secret-of-no-value' }]);
    }));

  it('keeps the filter of the workspace', () =>
    opens(({ filter }) => {
      assert.equal(filter.text, stored.workspaceState.filter);
      assert.ok(filter.active);
    }));

  it('keeps the watch list, and the runs that were active when the last window closed', () =>
    opens(({ watches, running }) => {
      assert.deepEqual(watches.list(), stored.globalState.watched);
      assert.deepEqual(running, stored.globalState['watched.running']);
    }));

  it('keeps the files that comparisons may read', () =>
    opens(({ chosen }) => {
      for (const file of stored.workspaceState['compare.files']) assert.ok(chosen.has(file), file);
      assert.ok(!chosen.has('file:///home/me/other.json'));
    }));

  it('keeps the addresses of comparisons', () => {
    for (const { scheme, query } of stored.comparison.uris) {
      assert.equal(scheme, compareScheme);
      const side = parseComparedText(query);
      assert.ok(side && 'path' in side.source && side.source.path.startsWith(`${accountKey}/connection:`));
      assert.deepEqual(side.services, ['cja']);
    }
  });
});
