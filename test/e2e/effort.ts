import type { Locator } from 'playwright-core';
import type { Workbench } from './workbench';

/** How much a person does for a job. */
export interface Effort {
  readonly clicks: number;
  /** Pressed keys; a combination such as Ctrl+C counts as one, and so does each typed character. */
  readonly keys: number;
}

/** The hands of a person: every click and key of them is counted. */
export class Hands {
  #clicks = 0;
  #keys = 0;

  constructor(private readonly workbench: Workbench) {}

  async click(target: Locator): Promise<void> {
    await target.click();
    this.#clicks++;
  }

  async press(key: string): Promise<void> {
    await this.workbench.page.keyboard.press(key);
    this.#keys++;
  }

  async type(text: string): Promise<void> {
    await this.workbench.page.keyboard.type(text);
    this.#keys += text.length;
  }

  /** The effort since the last call. */
  take(): Effort {
    const effort = { clicks: this.#clicks, keys: this.#keys };
    this.#clicks = 0;
    this.#keys = 0;
    return effort;
  }
}
