import { Face } from '../../ui/Face.tsx';
import styles from './AgentEditor.module.css';

/** Where its page leads back to. */
export const TO_AGENTS = { to: '/agents', label: 'the agents' } as const;

export const AgentTitle = ({ name, index }: { readonly name: string; readonly index: number }) => (
  <>
    <Face name={name} index={index} size={30} isDecorative />
    <h1 className={styles.name}>{name}</h1>
  </>
);
