import { Drawer } from '@mui/material';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { Palette } from './Palette.tsx';
import styles from './PaletteSheet.module.css';

/** The palette on a phone: a button that unfolds it. */
export function PaletteSheet() {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        className={styles.open}
        aria-label="Add to the stage"
        onClick={() => setIsOpen(true)}
      >
        <Plus aria-hidden />
      </button>
      <Drawer anchor="bottom" open={isOpen} onClose={() => setIsOpen(false)}>
        <div className={styles.sheet}>
          <Palette onPick={() => setIsOpen(false)} />
        </div>
      </Drawer>
    </>
  );
}
