import type { inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '#api/router.ts';
import { useRun } from '../useSimulation.ts';
import styles from './DataTab.module.css';
import { EventList } from './EventList.tsx';
import { FileList } from './FileList.tsx';

export type SimulationView = inferRouterOutputs<AppRouter>['simulations']['get'];

/** What went in, what was kept, and everything that happened. */
export function DataTab({ view }: { readonly view: SimulationView }) {
  const count = useRun(({ events }) => events.length);
  const inputs = Object.entries(view.inputs);
  return (
    <div className={styles.data}>
      <section>
        <h2 className="overline">Inputs</h2>
        {inputs.length === 0 && <p className="faint">It asked for nothing.</p>}
        <dl className={styles.inputs}>
          {inputs.map(([name, value]) => (
            <div key={name}>
              <dt className="mono">{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        <h2 className="overline">Files</h2>
        <FileList simulationId={view.id} files={view.files} />
      </section>
      <section className={styles.events}>
        <h2 className="overline">Events · {count}</h2>
        <EventList />
      </section>
    </div>
  );
}
