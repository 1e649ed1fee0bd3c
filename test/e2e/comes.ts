import { errors } from 'playwright-core';

/** Whether the awaited element appears in time. Rethrows other errors. */
export async function comes(waiting: Promise<unknown>): Promise<boolean> {
  try {
    await waiting;
    return true;
  } catch (error) {
    if (error instanceof errors.TimeoutError) return false;
    throw error;
  }
}
