import { create } from 'zustand';
import { announce } from './announcer.ts';

export interface Toast {
  readonly id: number;
  readonly text: string;
  readonly tone: 'quiet' | 'fail';
  readonly action?: { readonly label: string; readonly run: () => void } | undefined;
}

type NewToast = Pick<Toast, 'text'> & Partial<Pick<Toast, 'tone' | 'action'>>;

// Long enough to read a sentence and reach for "Undo"; more than three at once is noise.
const SHOWN_MS = 6_000;
const MOST = 3;

let lastId = 0;

export const useToasts = create<{ readonly toasts: readonly Toast[] }>()(() => ({ toasts: [] }));

export const dismissToast = (id: number): void =>
  useToasts.setState(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.id !== id) }));

/** Shows a sentence for a while, and says it. */
export function toast({ text, tone = 'quiet', action }: NewToast): void {
  lastId += 1;
  const id = lastId;
  const next = { id, text, tone, action };
  useToasts.setState(({ toasts }) => ({
    toasts: [...toasts.filter((other) => other.text !== text), next].slice(-MOST),
  }));
  announce(text);
  setTimeout(dismissToast, SHOWN_MS, id);
}
