import { Popover } from '@mui/material';
import { Diamond } from 'lucide-react';
import { useState } from 'react';
import { IconAction } from '../../ui/IconAction.tsx';
import type { Mark } from '../replay/marks.ts';
import { MarkList } from './MarkList.tsx';
import styles from './Scrubber.module.css';

/** Everything that has a sign on the ruler, to be gone to. */
export function MarkMenu({ marks }: { readonly marks: readonly Mark[] }) {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const close = () => setAnchor(null);
  return (
    <>
      <IconAction
        label="Go to a moment"
        keys="Shift ←→"
        icon={Diamond}
        isDisabled={marks.length === 0}
        onClick={(event) => setAnchor(event.currentTarget)}
      />
      <Popover
        anchorEl={anchor}
        open={anchor !== null}
        onClose={close}
        anchorOrigin={{ vertical: 'top', horizontal: 'right' }}
        transformOrigin={{ vertical: 'bottom', horizontal: 'right' }}
        slotProps={{ paper: { role: 'dialog', 'aria-label': 'Moments', className: styles.popover ?? '' } }}
      >
        <MarkList marks={marks} onGo={close} />
      </Popover>
    </>
  );
}
