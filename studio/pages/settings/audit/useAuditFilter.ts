import { useAddress } from '../../../ui/useAddress.ts';
import { ACTION_WORDS, type AuditAction } from './auditWords.ts';

export interface AuditFilter {
  readonly action?: AuditAction;
  readonly actorId?: string;
  readonly from?: string;
  readonly to?: string;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const DAY_MS = 86_400_000;
const ACTIONS = Object.keys(ACTION_WORDS);

const isAction = (text: string | null): text is AuditAction => text !== null && ACTIONS.includes(text);

/** What of the log is looked at: it stands in the address, so that it can be sent to somebody. */
export function useAuditFilter() {
  const [params, change] = useAddress();
  const get = (name: string) => params.get(name) ?? '';
  const set = (name: string, value: string) =>
    change((now) => {
      if (value === '') now.delete(name);
      else now.set(name, value);
    });
  const action = params.get('action');
  const filter: AuditFilter = {
    ...(isAction(action) && { action }),
    ...(get('person') !== '' && { actorId: get('person') }),
    ...(DAY.test(get('from')) && { from: startOf(get('from')) }),
    // Up to the end of that day, as people mean it.
    ...(DAY.test(get('to')) && { to: new Date(Date.parse(startOf(get('to'))) + DAY_MS).toISOString() }),
  };
  return { filter, get, set, isFiltered: Object.keys(filter).length > 0 };
}

const startOf = (day: string): string => new Date(`${day}T00:00:00`).toISOString();
