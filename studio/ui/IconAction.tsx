import { IconButton, Tooltip } from '@mui/material';
import type { LucideIcon } from 'lucide-react';
import type { MouseEvent } from 'react';

interface IconActionProps {
  readonly label: string;
  readonly icon: LucideIcon;
  /** As shown behind the label, for example `Ctrl Z`. */
  readonly keys?: string | undefined;
  readonly size?: 'small' | 'medium';
  readonly isDisabled?: boolean;
  readonly isPressed?: boolean;
  readonly onClick: (event: MouseEvent<HTMLElement>) => void;
}

/** A button that is an icon: its label is read aloud and shown when pointed at. */
export function IconAction({
  label,
  icon: Icon,
  keys,
  size,
  isDisabled,
  isPressed,
  onClick,
}: IconActionProps) {
  const button = (
    <IconButton
      aria-label={label}
      aria-pressed={isPressed}
      size={size ?? 'medium'}
      disabled={isDisabled ?? false}
      onClick={onClick}
    >
      <Icon aria-hidden />
    </IconButton>
  );
  // A button that cannot be pressed hears no pointer, and a tooltip on it would wait for one.
  return isDisabled ? button : <Tooltip title={keys ? `${label} · ${keys}` : label}>{button}</Tooltip>;
}
