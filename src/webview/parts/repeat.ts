/**
 * Does something again and again while an element is part of the page: one that made room for another resource is let go.
 * @param period milliseconds
 */
export function repeat(shown: HTMLElement, period: number, act: () => void): void {
  const timer = setInterval(() => {
    if (shown.isConnected) act();
    else clearInterval(timer);
  }, period);
}
