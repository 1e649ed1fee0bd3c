/** Pixels that a pointer may move in a click. */
const DRAG_THRESHOLD_PX = 4;

interface Place {
  readonly x: number;
  readonly y: number;
}

/**
 * Lets a scrolling element be dragged by a mouse or pen, also by buttons in it: who has dragged has not clicked. Fingers
 * scroll it anyway.
 */
export function dragging(scroller: HTMLElement): void {
  let last: Place | undefined;
  let moved = false;
  const end = (): void => {
    last = undefined;
    scroller.classList.remove('dragged');
  };
  scroller.addEventListener('pointerdown', (event) => {
    moved = false;
    if (event.button !== 0 || event.pointerType === 'touch' || onScrollBar(scroller, event)) return;
    last = { x: event.clientX, y: event.clientY };
  });
  scroller.addEventListener('pointermove', ({ clientX: x, clientY: y, pointerId, buttons }) => {
    // A button that was let go outside of the window tells nothing of it.
    if (buttons === 0) end();
    if (!last || (!moved && Math.hypot(x - last.x, y - last.y) < DRAG_THRESHOLD_PX)) return;
    if (!moved) scroller.setPointerCapture(pointerId);
    moved = true;
    scroller.classList.add('dragged');
    scroller.scrollBy({ left: last.x - x, top: last.y - y, behavior: 'instant' });
    last = { x, y };
  });
  scroller.addEventListener('pointerup', end);
  scroller.addEventListener('pointercancel', end);
  const swallow = (event: Event): void => {
    if (moved) event.stopPropagation();
    moved = false;
  };
  scroller.addEventListener('click', swallow, { capture: true });
}

function onScrollBar(scroller: HTMLElement, { clientX, clientY }: PointerEvent): boolean {
  const { left, top } = scroller.getBoundingClientRect();
  return clientX - left > scroller.clientWidth + 1 || clientY - top > scroller.clientHeight + 1;
}
