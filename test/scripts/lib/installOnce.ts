import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/**
 * Fills a folder once. It is filled under another name and renamed when complete, so an existing folder is
 * always complete, an interrupted run is repeated, and of two concurrent installations the first one wins.
 * @param folder the target
 * @param fill writes the content to the folder that it is passed
 * @returns the folder
 */
export async function installOnce(folder: string, fill: (staging: string) => Promise<void>): Promise<string> {
  if (existsSync(folder)) return folder;
  await removeLeftovers(folder);
  const staging = `${folder}.partial-${process.pid}`;
  await mkdir(staging, { recursive: true });
  try {
    await fill(staging);
    await rename(staging, folder);
  } catch (error) {
    await rm(staging, { recursive: true, force: true, maxRetries: 5 });
    if (!existsSync(folder)) throw error;
  }
  return folder;
}

/** Removes incomplete folders of programs that are no longer running. */
async function removeLeftovers(folder: string): Promise<void> {
  const prefix = `${basename(folder)}.partial-`;
  const names = existsSync(dirname(folder)) ? await readdir(dirname(folder)) : [];
  for (const name of names.filter((one) => one.startsWith(prefix))) {
    if (!isRunning(Number(name.slice(prefix.length)))) {
      await rm(join(dirname(folder), name), { recursive: true, force: true, maxRetries: 5 });
    }
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
