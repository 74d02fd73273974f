import { create } from 'zustand';

/** Which of the two overlays over every page is open. */
export const useFinder = create<{ readonly open: 'finder' | 'help' | null }>()(() => ({ open: null }));

export const openFinder = (): void => useFinder.setState({ open: 'finder' });
export const openHelp = (): void => useFinder.setState({ open: 'help' });
export const closeFinder = (): void => useFinder.setState({ open: null });
