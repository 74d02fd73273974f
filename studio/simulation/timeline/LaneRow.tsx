import type { StepState } from '#workflows/simulationState.ts';
import { castColour } from '../../ui/castColour.ts';
import { cx } from '../../ui/cx.ts';
import { Face } from '../../ui/Face.tsx';
import { formatDuration } from '../../ui/formats.ts';
import { statusLook } from '../../ui/statuses.ts';
import { useOpenStep } from '../steps/useOpenStep.ts';
import type { Lane } from './lanes.ts';
import styles from './Timeline.module.css';
import type { TimeScale } from './timeScale.ts';

interface LaneRowProps {
  readonly lane: Lane;
  readonly scale: TimeScale;
  readonly end: number;
}

export function LaneRow({ lane: { member, rows }, scale, end }: LaneRowProps) {
  return (
    <div className={styles.lane} style={{ '--c': castColour(member?.index ?? -1) }}>
      <div className={styles.who}>
        {member && <Face name={member.name} index={member.index} size={24} isDecorative />}
        <span>{member?.name ?? 'Nobody'}</span>
      </div>
      <div>
        {rows.map((row) => (
          <div key={row[0]?.path ?? ''} className={styles.track}>
            {row.map((step) => (
              <Bar key={step.path} step={step} who={member?.name ?? 'Nobody'} scale={scale} end={end} />
            ))}
          </div>
        ))}
      </div>
    </div>
  );
}

interface BarProps {
  readonly step: StepState;
  readonly who: string;
  readonly scale: TimeScale;
  readonly end: number;
}

function Bar({ step, who, scale, end }: BarProps) {
  const [open, openStep] = useOpenStep();
  const from = Date.parse(step.startedAt);
  const to = step.endedAt ? Date.parse(step.endedAt) : end;
  const left = scale.at(from);
  const what = step.tool ? `uses ${step.tool}` : 'writes';
  const label = `${who} ${what}: ${statusLook(step.status).word.toLowerCase()}, ${formatDuration(to - from)}`;
  return (
    <button
      type="button"
      className={cx(
        styles.bar,
        styles[step.status],
        step.kind === 'tool' && styles.tool,
        step.isReused && styles.reused,
        open === step.path && styles.open,
      )}
      style={{ left: `${left * 100}%`, width: `max(8px, ${(scale.at(to) - left) * 100}%)` }}
      aria-label={label}
      aria-pressed={open === step.path}
      title={label}
      data-path={step.path}
      onClick={() => openStep(step.path)}
    />
  );
}
