import { toolTitle } from '#workflows/catalogue/tools.ts';
import { cx } from '../../ui/cx.ts';
import { formatDuration, plural } from '../../ui/formats.ts';
import { statusLook } from '../../ui/statuses.ts';
import { useForkPaint } from '../fork/forkPaint.ts';
import { useLive } from '../replay/useReplay.ts';
import { useOpenStep } from '../steps/useOpenStep.ts';
import { useToldFailures } from '../steps/useToldFailures.ts';
import type { Bar } from './bars.ts';
import type { Drawn } from './drawn.ts';
import styles from './Timeline.module.css';
import type { View } from './view.ts';

interface StepBoxProps {
  readonly drawn: Drawn;
  readonly who: string;
  readonly onShow: (view: View) => void;
}

export function StepBox({ drawn, who, onShow }: StepBoxProps) {
  const { bars } = drawn;
  return bars.length === 1 ? (
    <One bar={bars[0]} drawn={drawn} who={who} />
  ) : (
    <Crowd drawn={drawn} who={who} onShow={onShow} />
  );
}

interface OneProps {
  readonly bar: Bar;
  readonly drawn: Drawn;
  readonly who: string;
}

function doingOf({ kind, tool }: OneProps['bar']): string {
  if (kind === 'tool') return `uses ${(toolTitle(tool ?? '') ?? 'a tool').toLowerCase()}`;
  if (kind === 'person') return 'are asked';
  if (kind === 'decision') return 'decides';
  if (kind === 'knowledge') return 'looks it up';
  return kind === 'memory' ? 'remembers' : 'writes';
}

function One({ bar, drawn: { left, width }, who }: OneProps) {
  const [open, openStep] = useOpenStep();
  const step = useLive(({ state }) => state.steps[bar.path]);
  const isTold = useToldFailures();
  const paint = useForkPaint(({ steps }) => steps?.get(bar.path));
  const status = step?.status ?? 'running';
  const ms = step?.endedAt ? Date.parse(step.endedAt) - Date.parse(step.startedAt) : null;
  const what = doingOf(bar);
  const hasFailed = step?.toolFailed === true && isTold(step.nodeId);
  const told = [
    hasFailed && 'said that it failed',
    bar.isReused ? 'taken over' : statusLook(status).word.toLowerCase(),
    ms !== null && !bar.isReused && formatDuration(ms),
    paint && PAINT_WORDS[paint],
  ];
  const label = `${who} ${what}: ${told.filter(Boolean).join(', ')}`;
  return (
    <button
      type="button"
      className={cx(
        styles.bar,
        styles[status],
        bar.kind === 'tool' && styles.tool,
        bar.isReused && styles.reused,
        hasFailed && styles.warned,
        paint && styles[paint],
        open === bar.path && styles.open,
      )}
      style={{ left, width }}
      aria-label={label}
      aria-pressed={open === bar.path}
      title={label}
      data-path={bar.path}
      data-status={status}
      onClick={() => openStep(bar.path)}
    />
  );
}

const PAINT_WORDS = {
  forkReused: 'the fork takes it over',
  forkAnew: 'the fork runs it again',
  forkEdited: 'the fork says it in your words',
} as const;

function Crowd({ drawn: { bars, left, width }, who, onShow }: StepBoxProps) {
  const label = `${who}: ${plural(bars.length, 'step')}. Come nearer`;
  const handleClick = () => {
    const from = bars[0].from;
    const to = Math.max(...bars.map((bar) => bar.to ?? bar.from));
    const room = (to - from) * 0.05 + 1;
    onShow({ from: Math.max(0, from - room), to: to + room });
  };
  return (
    <button
      type="button"
      className={cx(styles.bar, styles.crowd)}
      style={{ left, width }}
      aria-label={label}
      title={label}
      onClick={handleClick}
    />
  );
}
