import type { LucideIcon } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { create } from 'zustand';
import { isInOverlay, isPressable, isWriting, matchesKeys } from './shortcuts.ts';

/** Something a person can do: the same for a button, a key, and the list that Ctrl+K opens. */
export interface Command {
  readonly id: string;
  readonly title: string;
  readonly group: string;
  readonly icon?: LucideIcon;
  /** `Mod+Z`; several ways are possible. The first is shown. */
  readonly keys?: readonly string[];
  /** Also while somebody writes in a field. */
  readonly worksWhileWriting?: boolean;
  readonly isDisabled?: boolean;
  readonly run: () => void;
}

interface CommandState {
  readonly sources: ReadonlyMap<string, () => readonly Command[]>;
}

/** Who can name commands right now: the shell, and the page that is open. */
const useCommandSources = create<CommandState>()(() => ({ sources: new Map() }));

export const allCommands = (): readonly Command[] =>
  [...useCommandSources.getState().sources.values()].flatMap((list) => list());

/** Offers commands as long as the component is there, and listens for their keys. */
export function useCommands(source: string, list: () => readonly Command[]): void {
  // A ref, since the finder asks for the list while it renders.
  const current = useRef(list);
  useEffect(() => {
    current.current = list;
  });
  useEffect(() => {
    useCommandSources.setState(({ sources }) => ({
      sources: new Map(sources).set(source, () => current.current()),
    }));
    const handleKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || isInOverlay(event.target)) return;
      if (event.key === 'Enter' && isPressable(event.target) && !event.ctrlKey && !event.metaKey) return;
      const typing = isWriting(event.target);
      const wanted = current
        .current()
        .find(
          ({ keys = [], worksWhileWriting }) =>
            (!typing || worksWhileWriting === true) && keys.some((key) => matchesKeys(event, key)),
        );
      if (!wanted) return;
      event.preventDefault();
      if (!wanted.isDisabled) wanted.run();
    };
    addEventListener('keydown', handleKey);
    return () => {
      removeEventListener('keydown', handleKey);
      useCommandSources.setState(({ sources }) => {
        const left = new Map(sources);
        left.delete(source);
        return { sources: left };
      });
    };
  }, [source]);
}
