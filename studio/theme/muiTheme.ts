import { createTheme } from '@mui/material/styles';
import { lasting } from './motion.ts';
import { muiComponents } from './muiComponents.ts';

const tone = (name: string, ink = 'var(--accent-ink)') => ({
  main: `var(--${name})`,
  light: `var(--${name})`,
  dark: `var(--${name})`,
  contrastText: ink,
});

const duration = {
  shortest: lasting(100),
  shorter: lasting(120),
  short: lasting(140),
  standard: lasting(160),
  complex: lasting(200),
  enteringScreen: lasting(160),
  leavingScreen: lasting(120),
};

/**
 * Material's parts in our clothes. Every colour is a token, so one theme serves day and night: the switch is the
 * `data-theme` of the page, and nothing renders anew.
 */
export const muiTheme = createTheme({
  cssVariables: { nativeColor: true, disableCssColorScheme: true },
  palette: {
    primary: { ...tone('accent'), dark: 'var(--accent-hover)' },
    secondary: tone('info'),
    error: tone('fail'),
    warning: tone('wait'),
    info: tone('info'),
    success: tone('ok'),
    text: { primary: 'var(--ink)', secondary: 'var(--ink-2)', disabled: 'var(--ink-3)' },
    divider: 'var(--line)',
    background: { default: 'var(--bg)', paper: 'var(--surface)' },
  },
  shape: { borderRadius: 9 },
  spacing: 4,
  typography: {
    fontFamily: 'var(--sans)',
    fontSize: 14,
    h1: { fontFamily: 'var(--serif)', fontSize: 19, fontWeight: 600 },
    button: { textTransform: 'none', fontWeight: 500, fontSize: 13.5, letterSpacing: 0 },
  },
  transitions: { duration },
  components: muiComponents,
});
