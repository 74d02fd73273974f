import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { TopBar } from '../../shell/TopBar.tsx';
import { trpc } from '../../trpc.ts';
import { Choices } from '../../ui/Choices.tsx';
import { SearchBox } from '../../ui/SearchBox.tsx';
import { useDebounced } from '../../ui/useDebounced.ts';
import { useTitle } from '../../ui/useTitle.ts';
import styles from './Admin.module.css';
import { ListBody } from './ListBody.tsx';
import { UserRow } from './UserRow.tsx';

const WHICH = {
  accounts: 'Accounts',
  admins: 'Administrators',
  disabled: 'Closed',
  guests: 'Guests',
} as const;

const SETTLED_MS = 300;

/** Everybody on the installation, and what an administrator may do with an account. */
export function UsersPage() {
  useTitle('Users');
  const [which, setWhich] = useState<keyof typeof WHICH>('accounts');
  const [text, setText] = useState('');
  const search = useDebounced(text.trim(), SETTLED_MS);
  const users = useInfiniteQuery(
    trpc.admin.users.infiniteQueryOptions(
      { limit: 50, which, ...(search !== '' && { search }) },
      {
        getNextPageParam: (page) => page.nextCursor ?? undefined,
        // What is being typed takes nothing away from under a pointer.
        placeholderData: keepPreviousData,
      },
    ),
  );
  const items = users.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <TopBar title="Users" />
      <div className={styles.tools}>
        <SearchBox label="Name or address" value={text} onChange={setText} />
        <Choices label="Which users" choices={WHICH} chosen={which} onChoose={setWhich} />
      </div>
      <ListBody
        what="users"
        query={users}
        isEmpty={items.length === 0}
        empty="Nobody fits what you look for."
      >
        <ul className={styles.list}>
          {items.map((user) => (
            <UserRow key={user.id} user={user} />
          ))}
        </ul>
      </ListBody>
    </>
  );
}
