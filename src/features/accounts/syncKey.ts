/** The value of globalState that Settings Sync takes from computer to computer. */
export const SYNC_KEY = 'accounts.synced';
