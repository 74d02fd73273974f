import { Check, CircleAlert, CloudOff, LoaderCircle, type LucideIcon, PencilLine, Split } from 'lucide-react';
import { Chip } from '../../ui/Chip.tsx';
import type { Tone } from '../../ui/statuses.ts';
import type { SaveState } from './autosave.ts';
import { useSaving } from './SaveContext.ts';

interface Look {
  readonly word: string;
  readonly tone: Tone;
  readonly icon: LucideIcon;
}

const LOOKS: Readonly<Record<SaveState, Look>> = {
  saved: { word: 'Saved', tone: 'ok', icon: Check },
  unsaved: { word: 'Edited', tone: 'quiet', icon: PencilLine },
  saving: { word: 'Saving', tone: 'quiet', icon: LoaderCircle },
  offline: { word: 'Offline, will retry', tone: 'wait', icon: CloudOff },
  conflict: { word: 'Changed elsewhere', tone: 'fail', icon: Split },
  refused: { word: 'Not saved', tone: 'fail', icon: CircleAlert },
};

interface SaveSignProps {
  readonly state: SaveState;
  /** Why it was refused. */
  readonly message: string | undefined;
}

/** Whether what is on the page is saved, in a word. */
function SaveSign({ state, message }: SaveSignProps) {
  const { word, tone, icon } = LOOKS[state];
  return (
    <span role="status" data-testid="save-chip" data-state={state}>
      <Chip tone={tone} icon={icon} title={message}>
        {word}
      </Chip>
    </span>
  );
}

export function SaveChip() {
  const { state, message } = useSaving();
  return <SaveSign state={state} message={message} />;
}
