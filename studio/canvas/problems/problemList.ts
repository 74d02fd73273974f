import { create } from 'zustand';

/** Whether the list of problems is unfolded: by a click, or because Run was refused. */
export const useProblemList = create<{ readonly isOpen: boolean }>()(() => ({ isOpen: false }));

export const showProblems = (isOpen: boolean): void => useProblemList.setState({ isOpen });
