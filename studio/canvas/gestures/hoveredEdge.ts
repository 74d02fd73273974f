import { create } from 'zustand';

// On the way from the line to the buttons above it the pointer is on neither.
const LEAVE_MS = 160;

let timer: ReturnType<typeof setTimeout> | undefined;

/** The line under the pointer, or whose buttons are. */
export const useHoveredEdge = create<{ readonly id: string | null }>()(() => ({ id: null }));

export function enterEdge(id: string): void {
  clearTimeout(timer);
  useHoveredEdge.setState({ id });
}

export function leaveEdge(): void {
  clearTimeout(timer);
  timer = setTimeout(() => useHoveredEdge.setState({ id: null }), LEAVE_MS);
}
