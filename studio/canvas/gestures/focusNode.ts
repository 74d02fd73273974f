// A new node is in the page after a render or two of React Flow.
const MOST_FRAMES = 20;

/** Puts the keyboard on a node as soon as it is in the page. */
export function focusNode(id: string, framesLeft = MOST_FRAMES): void {
  requestAnimationFrame(() => {
    const element = document.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(id)}"]`);
    if (element) element.focus({ preventScroll: true });
    else if (framesLeft > 0) focusNode(id, framesLeft - 1);
  });
}
