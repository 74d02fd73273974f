import styles from './Cast.module.css';
import { Face } from './Face.tsx';

interface CastProps {
  readonly names: readonly string[];
  readonly size?: number;
  readonly most?: number;
}

/** The faces of a crew, side by side. */
export function Cast({ names, size = 34, most = 6 }: CastProps) {
  const shown = names.slice(0, most);
  const rest = names.length - shown.length;
  return (
    <span
      className={styles.cast}
      role="img"
      aria-label={names.length > 0 ? names.join(', ') : 'No agents yet'}
    >
      {shown.map((name, index) => (
        // Two agents may share a name; the place in the cast tells them apart.
        <Face
          key={`${name}-${names.indexOf(name) === index ? 0 : index}`}
          name={name}
          index={index}
          size={size}
          isDecorative
        />
      ))}
      {rest > 0 && <span className={styles.rest}>+{rest}</span>}
    </span>
  );
}
