import { useCommands } from '../../ui/commands.ts';
import { type Mark, markFrom } from '../replay/marks.ts';
import { shownPosition } from '../replay/replayStore.ts';
import { positionOfSeq } from '../replay/stageClock.ts';
import { useReplaying } from '../replay/useReplay.ts';

/** From sign to sign by keys, and in the finder. */
export function useMarkCommands(marks: readonly Mark[]): void {
  const { store } = useReplaying();
  const jump = (direction: 1 | -1) => () => {
    const state = store.getState();
    const positionOf = ({ seq }: Mark) => positionOfSeq(state.clock, seq);
    const mark = markFrom(marks, { position: shownPosition(state), positionOf, direction });
    if (mark) state.seekToSeq(mark.seq);
  };
  useCommands('marks', () => [
    { id: 'markNext', title: 'Next mark', group: 'Replay', keys: ['Shift+ArrowRight'], run: jump(1) },
    { id: 'markBefore', title: 'Mark before', group: 'Replay', keys: ['Shift+ArrowLeft'], run: jump(-1) },
  ]);
}
