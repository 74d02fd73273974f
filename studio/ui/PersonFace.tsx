import { Face } from './Face.tsx';
import styles from './PersonFace.module.css';

interface PersonFaceProps {
  readonly name: string;
  /** Of their picture; their mask is shown without one. */
  readonly avatarUrl?: string | null | undefined;
  readonly size?: number;
  /** True beside the written name, so that nobody hears it twice. */
  readonly isDecorative?: boolean;
}

/** Somebody's picture, or the mask that their name makes. */
export function PersonFace({ name, avatarUrl, size = 30, isDecorative = false }: PersonFaceProps) {
  if (!avatarUrl) return <Face name={name} index={name.length} size={size} isDecorative={isDecorative} />;
  return (
    <img
      className={styles.picture}
      src={avatarUrl}
      width={size}
      height={size}
      alt={isDecorative ? '' : name}
      title={isDecorative ? undefined : name}
    />
  );
}
