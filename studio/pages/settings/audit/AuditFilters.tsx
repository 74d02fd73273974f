import { useQuery } from '@tanstack/react-query';
import { trpc } from '../../../trpc.ts';
import { Select, TextInput } from '../../../ui/TextInput.tsx';
import styles from './AuditPage.module.css';
import { ACTION_WORDS } from './auditWords.ts';
import type { useAuditFilter } from './useAuditFilter.ts';

const ACTIONS = Object.entries(ACTION_WORDS).toSorted(([, a], [, b]) => a.localeCompare(b));

export function AuditFilters({ get, set }: Pick<ReturnType<typeof useAuditFilter>, 'get' | 'set'>) {
  const actors = useQuery(trpc.audit.actors.queryOptions());
  return (
    <form className={styles.filters} aria-label="What to show" onSubmit={(event) => event.preventDefault()}>
      <Select
        aria-label="What was done"
        value={get('action')}
        onChange={(event) => set('action', event.target.value)}
      >
        <option value="">Everything</option>
        {ACTIONS.map(([action, words]) => (
          <option key={action} value={action}>
            {words}
          </option>
        ))}
      </Select>
      <Select
        aria-label="By whom"
        value={get('person')}
        onChange={(event) => set('person', event.target.value)}
      >
        <option value="">Everybody</option>
        {actors.data?.items.map(({ id, name }) => (
          <option key={id} value={id}>
            {name ?? `deleted user ${id.slice(-6)}`}
          </option>
        ))}
      </Select>
      <span>from</span>
      <TextInput
        aria-label="Not before"
        type="date"
        value={get('from')}
        onChange={(event) => set('from', event.target.value)}
      />
      <span>to</span>
      <TextInput
        aria-label="Not after"
        type="date"
        value={get('to')}
        onChange={(event) => set('to', event.target.value)}
      />
    </form>
  );
}
