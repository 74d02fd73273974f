import type { ThemeOptions } from '@mui/material/styles';
import { lasting } from './motion.ts';

const hairline = '1px solid var(--line)';

/** A small button's reach under a finger: as far as it takes, and never less than what is seen of it. */
const reach = {
  '&::after': {
    content: '""',
    position: 'absolute',
    inset: 'min(0px, (var(--control-small) - var(--target)) / 2)',
  },
} as const;

/** Off, and still to be read. */
const off = { background: 'var(--sunken)', borderColor: 'var(--line)', color: 'var(--ink-3)' } as const;

const button: ThemeOptions['components'] = {
  MuiButtonBase: { defaultProps: { disableRipple: true } },
  MuiButton: {
    defaultProps: { variant: 'outlined', color: 'inherit', disableElevation: true },
    styleOverrides: {
      root: {
        height: 'var(--control)',
        minWidth: 0,
        padding: '0 13px',
        gap: 7,
        borderRadius: 'var(--radius-control)',
        whiteSpace: 'nowrap',
        lineHeight: 1,
        transition: 'background-color var(--quick), border-color var(--quick), color var(--quick)',
        '& > svg': { width: 18, height: 18, strokeWidth: 1.8, flex: 'none' },
      },
      outlined: {
        background: 'var(--surface)',
        borderColor: 'var(--line)',
        color: 'var(--ink)',
        '&:hover': { background: 'var(--sunken)', borderColor: 'var(--line)' },
        '&.Mui-disabled': off,
      },
      contained: { '&.Mui-disabled': off },
      text: { color: 'var(--ink-2)', '&:hover': { background: 'var(--sunken)', color: 'var(--ink)' } },
      sizeSmall: {
        height: 'var(--control-small)',
        padding: '0 9px',
        fontSize: 12.5,
        '& svg': { width: 15, height: 15 },
        ...reach,
      },
      sizeLarge: { height: 'var(--control-large)', padding: '0 18px', fontSize: 15 },
    },
  },
  MuiIconButton: {
    styleOverrides: {
      root: {
        width: 'var(--control)',
        height: 'var(--control)',
        padding: 0,
        borderRadius: 'var(--radius-control)',
        color: 'var(--ink-2)',
        '& > svg': { width: 19, height: 19, strokeWidth: 1.7 },
        '&:hover': { background: 'var(--sunken)', color: 'var(--ink)' },
        '&.Mui-disabled': { color: 'var(--ink-3)', opacity: 0.5 },
      },
      sizeSmall: {
        width: 'var(--control-small)',
        height: 'var(--control-small)',
        '& > svg': { width: 16, height: 16 },
        ...reach,
      },
    },
  },
};

const overlays: ThemeOptions['components'] = {
  MuiPaper: {
    styleOverrides: { root: { backgroundImage: 'none' }, elevation8: { boxShadow: 'var(--shadow-high)' } },
  },
  MuiBackdrop: {
    styleOverrides: {
      root: { backgroundColor: 'var(--veil)' },
      invisible: { backgroundColor: 'transparent' },
    },
  },
  MuiDialog: {
    styleOverrides: {
      paper: { borderRadius: 16, border: hairline, boxShadow: 'var(--shadow-high)', margin: 16 },
    },
  },
  MuiMenu: {
    defaultProps: { transitionDuration: lasting(140) },
    styleOverrides: {
      paper: {
        marginTop: 4,
        minWidth: 190,
        border: hairline,
        borderRadius: 'var(--radius)',
        boxShadow: 'var(--shadow-high)',
      },
      list: { padding: 5 },
    },
  },
  MuiMenuItem: {
    styleOverrides: {
      root: {
        minHeight: 'var(--control)',
        gap: 10,
        padding: '5px 10px',
        borderRadius: 7,
        fontSize: 13.5,
        '& > svg': { width: 17, height: 17, strokeWidth: 1.7, color: 'var(--ink-2)', flex: 'none' },
        '&:hover, &.Mui-focusVisible': { background: 'var(--sunken)' },
        '&.Mui-selected, &.Mui-selected:hover': { background: 'var(--accent-soft)' },
      },
    },
  },
  MuiTooltip: {
    defaultProps: { enterDelay: 350, enterNextDelay: 80, disableInteractive: true },
    styleOverrides: {
      tooltip: {
        background: 'var(--ink)',
        color: 'var(--bg)',
        fontSize: 12,
        padding: '5px 9px',
        borderRadius: 7,
      },
    },
  },
};

const forms: ThemeOptions['components'] = {
  MuiOutlinedInput: {
    styleOverrides: {
      root: {
        background: 'var(--bg)',
        borderRadius: 'var(--radius-control)',
        fontSize: 13.5,
        lineHeight: 1.5,
        transition: 'background-color var(--quick)',
        '& .MuiOutlinedInput-notchedOutline': {
          borderColor: 'var(--line)',
          transition: 'border-color var(--quick)',
        },
        '&:hover .MuiOutlinedInput-notchedOutline': { borderColor: 'var(--ink-3)' },
        '&.Mui-focused .MuiOutlinedInput-notchedOutline': { borderColor: 'var(--accent)', borderWidth: 1.5 },
      },
      input: { padding: '8px 10px', height: 20 },
      multiline: { padding: '8px 10px' },
    },
  },
  MuiTabs: {
    styleOverrides: {
      root: { minHeight: 'var(--field)' },
      list: { gap: 18 },
      indicator: { backgroundColor: 'var(--accent)' },
    },
  },
  MuiTab: {
    styleOverrides: {
      root: {
        minWidth: 'var(--target)',
        minHeight: 'var(--field)',
        padding: '0 0 2px',
        textTransform: 'none',
        fontSize: 14,
        fontWeight: 500,
        color: 'var(--ink-2)',
        '&.Mui-selected': { color: 'var(--ink)' },
        '&.Mui-focusVisible': { outline: '2px solid var(--accent)', outlineOffset: 2, borderRadius: 4 },
      },
    },
  },
};

export const muiComponents: ThemeOptions['components'] = { ...button, ...overlays, ...forms };
