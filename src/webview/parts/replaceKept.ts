/** Makes `wanted` the children of an element without taking those out that stay, so that none loses focus or scroll. */
export function replaceKept(parent: Element, wanted: readonly Element[]): void {
  const focused = document.activeElement;
  const staying = new Set(wanted);
  for (const child of [...parent.children]) if (!staying.has(child)) child.remove();
  let at = parent.firstElementChild;
  for (const child of wanted) {
    if (child === at) at = at.nextElementSibling;
    else parent.insertBefore(child, at);
  }
  if (focused instanceof HTMLElement && document.activeElement !== focused && parent.contains(focused))
    focused.focus({ preventScroll: true });
}
