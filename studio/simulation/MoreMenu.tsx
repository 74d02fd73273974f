import { Menu, MenuItem } from '@mui/material';
import { MoreHorizontal, Network, PencilRuler, UserRound } from 'lucide-react';
import { useState } from 'react';
import { Link } from 'react-router';
import { IconAction } from '../ui/IconAction.tsx';
import type { SimulationView } from './data/DataTab.tsx';
import { useIsFamilyOpen } from './family/useFamily.ts';

/** What is needed less often. */
export function MoreMenu({ view }: { readonly view: SimulationView }) {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const [, setFamily] = useIsFamilyOpen();
  const close = () => setAnchor(null);
  return (
    <>
      <IconAction label="More" icon={MoreHorizontal} onClick={(event) => setAnchor(event.currentTarget)} />
      <Menu anchorEl={anchor} open={anchor !== null} onClose={close}>
        <MenuItem
          onClick={() => {
            setFamily(true);
            close();
          }}
        >
          <Network aria-hidden />
          Show its forks
        </MenuItem>
        {view.agentId === null ? (
          <MenuItem component={Link} to={`/crews/${view.crewId}/edit`}>
            <PencilRuler aria-hidden />
            Open the crew
          </MenuItem>
        ) : (
          <MenuItem component={Link} to={`/agents/${view.agentId}`}>
            <UserRound aria-hidden />
            Open the agent
          </MenuItem>
        )}
      </Menu>
    </>
  );
}
