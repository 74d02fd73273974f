import styles from './Prologue.module.css';
import { PrologueStage } from './PrologueStage.tsx';

const PROMISES = [
  { title: 'Draw', text: 'Put agents and tasks on a stage and connect them.' },
  { title: 'Watch', text: 'Press Run and read along while they work.' },
  { title: 'Look back', text: 'Open every step. No finished answer is paid for twice.' },
] as const;

/** What this is, in three sentences and a picture. */
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
    <PrologueStage />
    <ol>
      {PROMISES.map(({ title, text }) => (
        <li key={title}>
          <h2>{title}</h2>
          <p className="muted">{text}</p>
        </li>
      ))}
    </ol>
  </section>
);
