import { Menu, MenuItem } from '@mui/material';
import { type LucideIcon, Moon, Sun, SunMoon } from 'lucide-react';
import { useState } from 'react';
import { THEME_CHOICES, type ThemeChoice, useThemeChoice } from '../theme/themeChoice.ts';
import { IconAction } from '../ui/IconAction.tsx';

const LOOKS: Readonly<Record<ThemeChoice, { readonly label: string; readonly icon: LucideIcon }>> = {
  light: { label: 'Light', icon: Sun },
  dark: { label: 'Dark', icon: Moon },
  system: { label: 'As the system', icon: SunMoon },
};

export function ThemeSwitch() {
  const { choice, choose } = useThemeChoice();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const handleChoose = (next: ThemeChoice) => {
    choose(next);
    setAnchor(null);
  };
  return (
    <>
      <IconAction
        label={`Theme: ${LOOKS[choice].label.toLowerCase()}`}
        icon={LOOKS[choice].icon}
        onClick={(event) => setAnchor(event.currentTarget)}
      />
      <Menu anchorEl={anchor} open={anchor !== null} onClose={() => setAnchor(null)}>
        {THEME_CHOICES.map((option) => (
          <ThemeItem key={option} option={option} isChosen={option === choice} onChoose={handleChoose} />
        ))}
      </Menu>
    </>
  );
}

interface ThemeItemProps {
  readonly option: ThemeChoice;
  readonly isChosen: boolean;
  readonly onChoose: (choice: ThemeChoice) => void;
}

function ThemeItem({ option, isChosen, onChoose }: ThemeItemProps) {
  const { label, icon: Icon } = LOOKS[option];
  return (
    <MenuItem
      role="menuitemradio"
      aria-checked={isChosen}
      selected={isChosen}
      onClick={() => onChoose(option)}
    >
      <Icon aria-hidden />
      {label}
    </MenuItem>
  );
}
