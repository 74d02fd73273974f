import { Face } from '../../ui/Face.tsx';
import styles from './Prologue.module.css';

const PROMISES = [
  { name: 'Researcher', index: 4, title: 'Draw', text: 'Put agents and tasks on a stage and connect them.' },
  { name: 'Writer', index: 0, title: 'Watch', text: 'Press Run and read along while they work.' },
  {
    name: 'Reviewer',
    index: 5,
    title: 'Rewind',
    text: 'Pause, resume, open every step. No answer is paid for twice.',
  },
] as const;

/** What this is, in three sentences and as many faces. */
export const Prologue = () => (
  <section className={styles.prologue}>
    <p className={styles.name}>
      <b>T</b> Troupe
    </p>
    <h1>
      A cast of agents,
      <br />
      your stage.
    </h1>
    <ol>
      {PROMISES.map(({ name, index, title, text }) => (
        <li key={name}>
          <Face name={name} index={index} size={54} isDecorative />
          <div>
            <h2>{title}</h2>
            <p className="muted">{text}</p>
          </div>
        </li>
      ))}
    </ol>
  </section>
);
