/** Keys as they are written: `Mod+Shift+Z`, where Mod is Ctrl, or Cmd on a Mac, and Plus is the sign. */
export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

export function matchesKeys(press: KeyPress, keys: string): boolean {
  const parts = keys.split('+');
  const key = parts.at(-1)?.toLowerCase().replace('plus', '+');
  const has = (name: string) => parts.includes(name);
  // A sign such as `?` needs Shift on one keyboard and not on the other: only letters and named keys mind it.
  const mindsShift = key === undefined || /^[a-z0-9]$|^.{2,}$/.test(key);
  return (
    press.key.toLowerCase() === key &&
    (press.ctrlKey || press.metaKey) === has('Mod') &&
    press.altKey === has('Alt') &&
    (!mindsShift || press.shiftKey === has('Shift'))
  );
}

const isMac = () => /mac|iphone|ipad/i.test(navigator.platform);

const SIGNS: Readonly<Record<string, string>> = { Plus: '+', ArrowLeft: '←', ArrowRight: '→' };

/** `Ctrl Shift Z`, for people. */
export const writtenKeys = (keys: string): string =>
  keys
    .split('+')
    .map((part) => (part === 'Mod' ? (isMac() ? '⌘' : 'Ctrl') : (SIGNS[part] ?? part)))
    .join(' ');

/** Somebody writes here: keys belong to the text. */
export const isWriting = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target.matches('input:not([type=checkbox]):not([type=radio]), textarea, select'));

/** Enter already means something here. */
export const isPressable = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('button, a, summary, [role=tab], [role=menuitem]') !== null;

/** A dialog or a menu is in front of the page. */
export const isInOverlay = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('[role=dialog], [role=menu], [role=listbox]') !== null;
