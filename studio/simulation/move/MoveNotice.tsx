import { Button } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { trpc } from '../../trpc.ts';
import type { SimulationView } from '../data/DataTab.tsx';
import { useLive } from '../replay/useReplay.ts';
import { isSameCrew } from './isSameCrew.ts';
import { MoveDialog } from './MoveDialog.tsx';
import styles from './MoveNotice.module.css';

/** A simulation that is held, of a crew that has changed since: it can go on with the crew as it is drawn now. */
export function MoveNotice({ view }: { readonly view: SimulationView }) {
  const status = useLive(({ state }) => state.status);
  const isHeld = (status === 'failed' || status === 'waiting') && view.continuedIn === null;
  const crew = useQuery({ ...trpc.crews.get.queryOptions({ id: view.crewId }), enabled: isHeld });
  const [isAsking, setIsAsking] = useState(false);
  if (view.continuedIn !== null) {
    return (
      <p className={styles.notice}>
        This one went on with a newer {view.agentId === null ? 'crew' : 'agent'}.{' '}
        <Link to={`/simulations/${view.continuedIn}`}>See how it went on</Link>
      </p>
    );
  }
  if (!isHeld || !crew.data || isSameCrew(crew.data.graph, view.graph)) return null;
  return (
    <p className={styles.notice}>
      The {view.agentId === null ? 'crew' : 'agent'} has been changed since this began.
      <Button size="small" onClick={() => setIsAsking(true)}>
        Go on with the newest
      </Button>
      {isAsking && <MoveDialog view={view} graph={crew.data.graph} onClose={() => setIsAsking(false)} />}
    </p>
  );
}
