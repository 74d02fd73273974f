import type { SimulationEvent } from '#workflows/graph/eventSchema.ts';
import { VirtualRows } from '../../ui/VirtualRows.tsx';
import { useRun } from '../useSimulation.ts';
import styles from './DataTab.module.css';

const CLOCK = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
});

/** The numbered facts, as programs get them. */
export function EventList() {
  const events = useRun((run) => run.events);
  if (events.length === 0) return <p className="muted">Nothing has happened yet.</p>;
  return (
    <VirtualRows
      label="Events"
      rowHeight={32}
      rows={events}
      keyOf={({ seq }) => seq}
      render={(event) => <EventRow event={event} />}
    />
  );
}

const EventRow = ({ event }: { readonly event: SimulationEvent }) => (
  <div className={styles.event} data-seq={event.seq}>
    <span className="faint">{event.seq}</span>
    <span className="faint">{CLOCK.format(new Date(event.at))}</span>
    <b>{event.type}</b>
    <span className={styles.about}>{aboutOf(event)}</span>
  </div>
);

function aboutOf({ data }: SimulationEvent): string {
  if ('failure' in data) return data.failure.message;
  if ('path' in data) return data.path;
  if ('nodeId' in data) return data.nodeId;
  if ('by' in data) return data.by ?? '';
  if ('waitingFor' in data) return data.waitingFor.kind;
  return '';
}
