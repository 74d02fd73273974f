import { Link } from 'react-router';
import { Face } from '../../ui/Face.tsx';
import styles from './AgentEditor.module.css';

export const AgentTitle = ({ name, index }: { readonly name: string; readonly index: number }) => (
  <>
    <Link to="/agents" className={styles.back}>
      Agents
    </Link>
    <span className="faint" aria-hidden>
      /
    </span>
    <Face name={name} index={index} size={30} isDecorative />
    <h1 className={styles.name}>{name}</h1>
  </>
);
