import { Button, Menu, MenuItem } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { Columns2 } from 'lucide-react';
import { useState } from 'react';
import { trpc } from '../../trpc.ts';
import { formatWhen } from '../../ui/formats.ts';
import { StatusChip } from '../../ui/StatusChip.tsx';
import type { SimulationView } from '../data/DataTab.tsx';
import { whatItIs } from '../family/familyTree.ts';
import { useFamily } from '../family/useFamily.ts';
import styles from './CompareMenu.module.css';
import { useCompareWith } from './useCompareWith.ts';

const MOST_SHOWN = 10;

/** With which other one: first the family, then others of the crew. */
export function CompareMenu({ view }: { readonly view: SimulationView }) {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const compareWith = useCompareWith(view.id);
  const isOpen = anchor !== null;
  const choices = useChoices(view, isOpen);
  return (
    <>
      <Button aria-haspopup="menu" aria-expanded={isOpen} onClick={(event) => setAnchor(event.currentTarget)}>
        <Columns2 aria-hidden />
        Compare
      </Button>
      <Menu anchorEl={anchor} open={isOpen} onClose={() => setAnchor(null)}>
        {choices === undefined && <p className={styles.note}>Looking for others</p>}
        {choices?.length === 0 && (
          <p className={styles.note}>
            There is no other simulation of this crew yet. Fork this one to have two.
          </p>
        )}
        {choices?.map(({ id, title, about, status }) => (
          <MenuItem key={id} className={styles.item ?? ''} onClick={() => compareWith(id)}>
            <span className={styles.words}>
              <b>{title}</b>
              <small>{about}</small>
            </span>
            <StatusChip status={status} />
          </MenuItem>
        ))}
      </Menu>
    </>
  );
}

interface Choice {
  readonly id: string;
  readonly title: string;
  readonly about: string;
  readonly status: string;
}

function useChoices({ id, crewId }: SimulationView, enabled: boolean): readonly Choice[] | undefined {
  const family = useFamily(id, enabled);
  const others = useQuery({
    ...trpc.simulations.list.queryOptions({ crewId, limit: MOST_SHOWN + 1 }),
    enabled,
  });
  if (!family.data || !others.data) return undefined;
  const relatives = family.data.items.map(
    (member): Choice => ({
      id: member.id,
      title: member.title,
      about: `${whatItIs(member)} · ${formatWhen(member.createdAt)}`,
      status: member.status,
    }),
  );
  const known = new Set([id, ...relatives.map((one) => one.id)]);
  const rest = others.data.items
    .filter((one) => !known.has(one.id))
    .map(
      (one): Choice => ({
        id: one.id,
        title: one.title,
        about: `another of this crew · ${formatWhen(one.createdAt)}`,
        status: one.status,
      }),
    );
  return [...relatives.filter((one) => one.id !== id).toReversed(), ...rest].slice(0, MOST_SHOWN);
}
