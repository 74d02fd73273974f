import type { CastMember } from '../../canvas/cast.ts';
import { castColour } from '../../ui/castColour.ts';
import { cx } from '../../ui/cx.ts';
import { Face } from '../../ui/Face.tsx';
import styles from './ForkPanel.module.css';

interface CastPickerProps {
  readonly cast: readonly CastMember[];
  readonly chosen: string | undefined;
  readonly changed: ReadonlySet<string>;
  readonly onChoose: (id: string) => void;
}

export const CastPicker = ({ cast, chosen, changed, onChoose }: CastPickerProps) => (
  <div className={styles.cast} role="radiogroup" aria-label="Who">
    {cast.map(({ id, name, index }) => (
      <label
        key={id}
        className={cx(styles.member, id === chosen && styles.chosen)}
        style={{ '--c': castColour(index) }}
      >
        <input type="radio" name="cast" checked={id === chosen} onChange={() => onChoose(id)} />
        <Face name={name} index={index} size={22} isDecorative />
        {name}
        {changed.has(id) && <i className={styles.dot} title="changed" />}
      </label>
    ))}
  </div>
);
