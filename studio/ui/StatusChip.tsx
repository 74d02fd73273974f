import { Chip } from './Chip.tsx';
import { statusLook } from './statuses.ts';

interface StatusChipProps {
  readonly status: string;
  /** Says it more exactly than the status alone, for example `Writing`. */
  readonly word?: string | undefined;
}

export function StatusChip({ status, word }: StatusChipProps) {
  const look = statusLook(status);
  return (
    <Chip tone={look.tone} icon={look.icon}>
      {word ?? look.word}
    </Chip>
  );
}
