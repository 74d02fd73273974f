import { useInfiniteQuery } from '@tanstack/react-query';
import { trpc } from '../../../trpc.ts';
import { Field } from '../../../ui/Field.tsx';
import { Select } from '../../../ui/TextInput.tsx';
import type { DraftProps } from './CredentialFields.tsx';
import styles from './CredentialsPage.module.css';

/** Which crews may use it. */
export function GrantFields(props: DraftProps) {
  const { draft, onChange, problems } = props;
  return (
    <>
      <Field label="Crews that may use it" problem={problems.get('crewIds')}>
        <Select
          value={draft.allCrews ? 'all' : 'some'}
          onChange={(event) => onChange({ allCrews: event.target.value === 'all' })}
        >
          <option value="all">All crews, also later ones</option>
          <option value="some">Only some</option>
        </Select>
      </Field>
      {!draft.allCrews && <CrewChecks {...props} />}
    </>
  );
}

function CrewChecks({ draft: { crewIds }, onChange }: DraftProps) {
  const crews = useInfiniteQuery(
    trpc.crews.list.infiniteQueryOptions(
      { limit: 100 },
      { getNextPageParam: (page) => page.nextCursor ?? undefined },
    ),
  );
  if (crews.isPending) return <p className="muted">Reading your crews…</p>;
  if (crews.isError)
    return <p className="muted">Your crews could not be loaded. Close this and try again.</p>;
  const items = crews.data.pages.flatMap((page) => page.items);
  if (items.length === 0)
    return <p className="muted">There is no crew yet. Nobody can use it until you choose one.</p>;
  const toggle = (id: string) =>
    onChange({ crewIds: crewIds.includes(id) ? crewIds.filter((each) => each !== id) : [...crewIds, id] });
  return (
    <fieldset className={styles.crews}>
      <legend className={styles.hidden}>Crews</legend>
      {items.map(({ id, name }) => (
        <label key={id}>
          <input type="checkbox" checked={crewIds.includes(id)} onChange={() => toggle(id)} />
          {name}
        </label>
      ))}
      {crews.hasNextPage && (
        <button type="button" onClick={() => crews.fetchNextPage()}>
          Show more
        </button>
      )}
    </fieldset>
  );
}
