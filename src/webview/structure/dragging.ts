/** Lets a scrolling element be dragged by its empty parts. */
export function dragging(scroller: HTMLElement): void {
  let last: { readonly x: number; readonly y: number } | undefined;
  scroller.addEventListener('pointerdown', ({ target, button, clientX: x, clientY: y, pointerId }) => {
    if (button !== 0 || !(target instanceof Element) || target.closest('button')) return;
    last = { x, y };
    scroller.setPointerCapture(pointerId);
    scroller.classList.add('dragged');
  });
  scroller.addEventListener('pointermove', ({ clientX: x, clientY: y }) => {
    if (!last) return;
    scroller.scrollBy({ left: last.x - x, top: last.y - y, behavior: 'instant' });
    last = { x, y };
  });
  for (const end of ['pointerup', 'pointercancel'] as const) {
    scroller.addEventListener(end, () => {
      last = undefined;
      scroller.classList.remove('dragged');
    });
  }
}
