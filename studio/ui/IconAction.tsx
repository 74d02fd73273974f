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
  return (
    <Tooltip title={keys ? `${label} · ${keys}` : label}>
      <span>
        <IconButton
          aria-label={label}
          aria-pressed={isPressed}
          size={size ?? 'medium'}
          disabled={isDisabled ?? false}
          onClick={onClick}
        >
          <Icon aria-hidden />
        </IconButton>
      </span>
    </Tooltip>
  );
}
