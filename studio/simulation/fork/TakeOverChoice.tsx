import { useId } from 'react';
import type { CrewGraph } from '#workflows/graph/schema.ts';
import { cx } from '../../ui/cx.ts';
import { formatWhen, plural } from '../../ui/formats.ts';
import { PreviewWords } from './PreviewWords.tsx';
import { SideEffectsField } from './SideEffectsField.tsx';
import styles from './TakeOverChoice.module.css';
import type { ForkPreview } from './useForkPreview.ts';
import type { useTakeOver } from './useTakeOver.ts';

interface TakeOverChoiceProps {
  readonly graph: CrewGraph;
  readonly takeOver: ReturnType<typeof useTakeOver>;
}

/**
 * Before a run of a crew that has run before: start anew, or take over what is unchanged, with what that runs and
 * costs. Shows nothing of a crew that never ran.
 */
export function TakeOverChoice({ graph, takeOver }: TakeOverChoiceProps) {
  const { last, preview, isPossible, chosen, choose, sideEffects, setSideEffects } = takeOver;
  const name = useId();
  if (!last) return null;
  const when = formatWhen(last.endedAt ?? last.createdAt);
  return (
    <fieldset className={styles.choice} data-testid="take-over" data-current={takeOver.isCounted}>
      <legend className="overline">It ran {when}</legend>
      <label className={cx(styles.option, chosen === null && styles.chosen)}>
        <input type="radio" name={name} checked={chosen === null} onChange={() => choose(false)} />
        <span>
          <b>Start anew</b>
          <small>{anewWords(preview.data)}</small>
        </span>
      </label>
      <label className={cx(styles.option, chosen !== null && styles.chosen, !isPossible && styles.off)}>
        <input
          type="radio"
          name={name}
          checked={chosen !== null}
          disabled={!isPossible}
          onChange={() => choose(true)}
        />
        <span>
          <b>Take over what is unchanged</b>
          <small aria-live="polite" data-stale={!takeOver.isCounted}>
            <Words preview={preview.data} isFailed={preview.isError} isPossible={isPossible} />
          </small>
        </span>
      </label>
      {chosen && <SideEffectsField graph={graph} value={sideEffects} onChange={setSideEffects} />}
    </fieldset>
  );
}

const anewWords = (preview: ForkPreview | undefined): string =>
  preview ? `Runs all ${plural(preview.rerun + preview.reused, 'step')}.` : 'Runs every step.';

interface WordsProps {
  readonly preview: ForkPreview | undefined;
  readonly isFailed: boolean;
  readonly isPossible: boolean;
}

function Words({ preview, isFailed, isPossible }: WordsProps) {
  if (isFailed) return 'What that would run is not known before the form is filled in.';
  if (!preview) return 'Counting what would run';
  if (isPossible) return <PreviewWords preview={preview} />;
  return preview.rerun === 0
    ? 'Nothing has changed since: it would run nothing.'
    : 'Nothing can be kept: every step would be asked something else.';
}
