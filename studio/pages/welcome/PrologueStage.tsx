import { Chip } from '../../ui/Chip.tsx';
import { castColour } from '../../ui/castColour.ts';
import { cx } from '../../ui/cx.ts';
import { Face } from '../../ui/Face.tsx';
import { StatusChip } from '../../ui/StatusChip.tsx';
import styles from './PrologueStage.module.css';

interface Scene {
  readonly title: string;
  readonly who: string;
  readonly index: number;
  readonly text: string;
  readonly state: 'completed' | 'running' | 'queued';
  readonly left: number;
  readonly top: number;
}

const SCENES: readonly Scene[] = [
  {
    title: 'Survey the market',
    who: 'Researcher',
    index: 4,
    text: 'Who sells what, to whom, and what changed in the last years.',
    state: 'completed',
    left: 0,
    top: 0,
  },
  {
    title: 'Size and price',
    who: 'Analyst',
    index: 3,
    text: 'How many could be reached, and what they would pay.',
    state: 'completed',
    left: 0,
    top: 168,
  },
  {
    title: 'Draft the brief',
    who: 'Writer',
    index: 0,
    text: 'Enter, but through a partner. Three reasons carry the case',
    state: 'running',
    left: 290,
    top: 84,
  },
  {
    title: 'Review it',
    who: 'Reviewer',
    index: 5,
    text: 'Looks for the weakest sentence and asks for its proof.',
    state: 'queued',
    left: 580,
    top: 84,
  },
];

const WIRES = [
  { d: 'M222 76C256 76 256 160 290 160', isNow: true },
  { d: 'M222 244C256 244 256 160 290 160', isNow: true },
  { d: 'M512 160H580', isNow: false },
] as const;

/** A drawing of a crew at work, as the stage shows it. */
export const PrologueStage = () => (
  <div className={styles.stage} aria-hidden>
    <svg viewBox="0 0 802 320" aria-hidden="true" className={styles.wires}>
      {WIRES.map(({ d, isNow }) => (
        <path key={d} d={d} className={isNow ? styles.now : styles.wire} />
      ))}
    </svg>
    {SCENES.map((scene) => (
      <SceneCard key={scene.title} scene={scene} />
    ))}
  </div>
);

function SceneCard({ scene }: { readonly scene: Scene }) {
  const { title, who, index, text, state, left, top } = scene;
  return (
    <div
      className={cx('card', styles.card, state === 'running' && styles.live)}
      style={{ left, top, '--c': castColour(index) }}
    >
      <span className={styles.head}>
        <Face name={who} index={index} size={38} isDecorative />
        <span>
          <b>{title}</b>
          <small>{who}</small>
        </span>
      </span>
      <span className={styles.text}>
        {text}
        {state === 'running' && <i className={styles.caret} />}
      </span>
      {state === 'queued' ? (
        <Chip>Next</Chip>
      ) : (
        <StatusChip status={state} word={state === 'running' ? 'Writing' : undefined} />
      )}
    </div>
  );
}
