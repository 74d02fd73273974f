import { Tooltip } from '@mui/material';
import type { LucideIcon } from 'lucide-react';
import { cx } from '../../ui/cx.ts';
import styles from './Scrubber.module.css';

interface BarButtonProps {
  readonly label: string;
  readonly keys: string;
  readonly icon: LucideIcon;
  readonly isDisabled?: boolean;
  readonly className?: string;
  readonly testId?: string;
  readonly onClick: () => void;
}

/** A button of the player: it stays in place and keeps the focus, also where there is nowhere to go. */
export const BarButton = ({
  label,
  keys,
  icon: Icon,
  isDisabled = false,
  className,
  testId,
  onClick,
}: BarButtonProps) => (
  <Tooltip title={`${label} · ${keys}`}>
    <button
      type="button"
      className={cx(styles.button, className)}
      aria-label={label}
      aria-disabled={isDisabled}
      data-testid={testId}
      onClick={isDisabled ? undefined : onClick}
    >
      <Icon aria-hidden />
    </button>
  </Tooltip>
);
