import { Button, Menu, MenuItem } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { FileDown, Plus, SquareDashed } from 'lucide-react';
import { useState } from 'react';
import { trpc } from '../../trpc.ts';
import { Face } from '../../ui/Face.tsx';
import styles from './CreateMenu.module.css';
import { useNewCrew } from './useCrewCommands.ts';

/** The ways to a new crew. */
export function CreateMenu({ onImport }: { readonly onImport: () => void }) {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const { blank, sample, isPending } = useNewCrew();
  const samples = useQuery({ ...trpc.crews.samples.queryOptions(), staleTime: Number.POSITIVE_INFINITY });
  const choose = (act: () => void) => () => {
    setAnchor(null);
    act();
  };
  return (
    <>
      <Button
        variant="contained"
        color="primary"
        disabled={isPending}
        aria-haspopup="menu"
        onClick={(event) => setAnchor(event.currentTarget)}
      >
        <Plus aria-hidden />
        New crew
      </Button>
      <Menu anchorEl={anchor} open={anchor !== null} onClose={() => setAnchor(null)}>
        <MenuItem onClick={choose(blank)}>
          <SquareDashed aria-hidden />
          Blank stage
        </MenuItem>
        <MenuItem onClick={choose(onImport)}>
          <FileDown aria-hidden />
          Import CrewAI project
        </MenuItem>
        {samples.data && (
          <li role="presentation" className={styles.heading}>
            From a sample
          </li>
        )}
        {samples.data?.items.map((item) => (
          <MenuItem key={item.key} onClick={choose(() => sample(item.key))}>
            <Face name={item.agents[0] ?? item.name} index={0} size={20} isDecorative />
            {item.name}
          </MenuItem>
        ))}
      </Menu>
    </>
  );
}
