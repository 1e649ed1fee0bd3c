import { errors } from 'playwright-core';

/** Whether what is waited for comes within the wait's own time. Throws what else goes wrong. */
export async function comes(waiting: Promise<unknown>): Promise<boolean> {
  try {
    await waiting;
    return true;
  } catch (error) {
    if (error instanceof errors.TimeoutError) return false;
    throw error;
  }
}
