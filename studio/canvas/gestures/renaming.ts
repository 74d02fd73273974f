import { create } from 'zustand';

/** Whose name is being written on the stage. */
export const useRenaming = create<{ readonly nodeId: string | null }>()(() => ({ nodeId: null }));

export const startRenaming = (nodeId: string): void => useRenaming.setState({ nodeId });
export const stopRenaming = (): void => useRenaming.setState({ nodeId: null });
