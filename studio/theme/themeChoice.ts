import { create } from 'zustand';

export const THEME_CHOICES = ['light', 'dark', 'system'] as const;
export type ThemeChoice = (typeof THEME_CHOICES)[number];
type Theme = 'light' | 'dark';

/** `public/themeGuard.js` reads the same key before the first paint. */
const KEY = 'troupe.theme';

const isChoice = (value: unknown): value is ThemeChoice => THEME_CHOICES.some((choice) => choice === value);

function readChoice(): ThemeChoice {
  try {
    const stored = localStorage.getItem(KEY);
    return isChoice(stored) ? stored : 'system';
  } catch {
    return 'system';
  }
}

function storeChoice(choice: ThemeChoice): void {
  try {
    localStorage.setItem(KEY, choice);
  } catch {
    // Storage may be forbidden; the choice then lasts as long as the page.
  }
}

const night = () => matchMedia('(prefers-color-scheme: dark)');

const resolveTheme = (choice: ThemeChoice, isNight: boolean): Theme =>
  choice === 'system' ? (isNight ? 'dark' : 'light') : choice;

interface ThemeState {
  readonly choice: ThemeChoice;
  readonly choose: (choice: ThemeChoice) => void;
}

export const useThemeChoice = create<ThemeState>()((set) => ({
  choice: readChoice(),
  choose: (choice) => {
    storeChoice(choice);
    set({ choice });
    applyTheme();
  },
}));

function applyTheme(): void {
  document.documentElement.dataset.theme = resolveTheme(useThemeChoice.getState().choice, night().matches);
}

/** Keeps the page in step with the system as long as nobody chose otherwise. */
export function followSystemTheme(): void {
  applyTheme();
  night().addEventListener('change', applyTheme);
}
