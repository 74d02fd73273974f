import { GitFork, X } from 'lucide-react';
import { useEffect } from 'react';
import { IconAction } from '../../ui/IconAction.tsx';
import type { SimulationView } from '../data/DataTab.tsx';
import type { ReplayState } from '../replay/replayStore.ts';
import { useReplayState } from '../replay/useReplay.ts';
import { ChangeAgent } from './ChangeAgent.tsx';
import { ChangeAnswer } from './ChangeAnswer.tsx';
import { ChangeInputs } from './ChangeInputs.tsx';
import { ChangeTask } from './ChangeTask.tsx';
import styles from './ForkPanel.module.css';
import { ForkPlace } from './ForkPlace.tsx';
import { forkRequest } from './forkDraft.ts';
import { useForkDraft } from './forkStore.ts';
import { PreviewBox } from './PreviewBox.tsx';
import { SideEffects } from './SideEffects.tsx';

interface ForkPanelProps {
  readonly view: SimulationView;
  readonly onClose: () => void;
}

/** What is to be otherwise, and what that would run and cost. Nothing is paid before the button. */
export function ForkPanel({ view, onClose }: ForkPanelProps) {
  const draft = useForkDraft(view.id);
  const atSeq = useReplayState((state) => placeOf(state, draft.path));
  const request = forkRequest({ id: view.id, draft, atSeq });
  useCloseOnEscape(onClose);
  return (
    <aside className={styles.panel} aria-label="Fork" data-testid="fork-panel">
      <header className={styles.head}>
        <span className={styles.sign}>
          <GitFork aria-hidden />
        </span>
        <div className="grow">
          <h2>Fork from here</h2>
          <ForkPlace view={view} path={draft.path} />
        </div>
        <IconAction label="Close the fork" icon={X} size="small" onClick={onClose} />
      </header>
      <div className={styles.changes}>
        <p className={styles.hint}>
          Change one thing or several. What stays the same is reused, whatever comes after it.
        </p>
        {draft.path !== null && <ChangeAnswer key={draft.path} view={view} path={draft.path} />}
        <ChangeAgent view={view} />
        <ChangeTask view={view} />
        <ChangeInputs view={view} />
        <SideEffects view={view} />
      </div>
      <PreviewBox view={view} request={request} />
    </aside>
  );
}

/** The event after which it parts: before the step it is from, or the moment that is looked at. */
function placeOf({ moment, history }: ReplayState, path: string | null): number | null {
  if (path === null) return moment?.seq ?? null;
  const begun = history.events.find(({ type, data }) => type === 'step.started' && data.path === path);
  return begun ? begun.seq - 1 : null;
}

function useCloseOnEscape(onClose: () => void): void {
  useEffect(() => {
    const handleKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented) onClose();
    };
    addEventListener('keydown', handleKey);
    return () => removeEventListener('keydown', handleKey);
  }, [onClose]);
}
