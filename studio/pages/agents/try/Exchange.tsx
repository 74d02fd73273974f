import { ArrowUpRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { castColour } from '../../../ui/castColour.ts';
import { Face } from '../../../ui/Face.tsx';
import styles from './TryPanel.module.css';
import type { TriedAgent } from './TryPanel.tsx';

interface ExchangeProps {
  /** Of the simulation. */
  readonly id: string;
  readonly agent: TriedAgent;
  readonly message: string | undefined;
  /** Beside the name. */
  readonly about?: ReactNode;
  readonly figures: ReactNode;
  readonly children: ReactNode;
}

/** What was said to the agent, what it answered, and what that took. */
export const Exchange = ({ id, agent, message, about, figures, children }: ExchangeProps) => (
  <article className={styles.exchange} data-testid="exchange" style={{ '--c': castColour(agent.index) }}>
    <p className={styles.message}>{message}</p>
    <div className={styles.answer}>
      <Face name={agent.name} index={agent.index} size={34} isDecorative />
      <div>
        <header>
          <b>{agent.name}</b>
          {about}
        </header>
        {children}
        <footer>
          {figures}
          <Link to={`/simulations/${id}`}>
            Open the simulation
            <ArrowUpRight aria-hidden />
          </Link>
        </footer>
      </div>
    </div>
  </article>
);
