import { Button } from '@mui/material';
import { MailOpen } from 'lucide-react';
import { useState } from 'react';
import { formatWhen } from '../ui/formats.ts';
import { Modal } from '../ui/Modal.tsx';
import styles from './LetterSheet.module.css';
import { useLetters } from './useLetters.ts';

interface LetterSheetProps {
  /** Only mails to this address, where it is known. */
  readonly to?: string | undefined;
  readonly isSmall?: boolean;
}

/** Where no mail is sent: a button, and behind it what would have been. Nothing at all on a server that sends mail. */
export function LetterSheet({ to, isSmall = false }: LetterSheetProps) {
  const letters = useLetters();
  const [isOpen, setIsOpen] = useState(false);
  if (!letters) return null;
  const shown = letters.filter((letter) => to === undefined || letter.to.toLowerCase() === to.toLowerCase());
  return (
    <>
      <Button size={isSmall ? 'small' : 'medium'} onClick={() => setIsOpen(true)}>
        <MailOpen aria-hidden />
        Read the mail here
      </Button>
      {isOpen && (
        <Modal title="Mail of this server" width="sm" onClose={() => setIsOpen(false)}>
          <p className="muted">
            No mail server is set up on this machine, so mails stay here. On a server of its own nobody sees
            them.
          </p>
          {shown.length === 0 && <p className={styles.none}>No mail yet. It comes within a moment.</p>}
          <ul className={styles.letters}>
            {shown.map(({ id, to: reader, subject, text, createdAt }) => (
              <li key={id} data-testid="letter">
                <h3>{subject}</h3>
                <p className={styles.about}>
                  To {reader}, {formatWhen(createdAt)}
                </p>
                <Text text={text} onFollow={() => setIsOpen(false)} />
              </li>
            ))}
          </ul>
        </Modal>
      )}
    </>
  );
}

/** Links in it can be followed, as in any program for mail. */
const Text = ({ text, onFollow }: { readonly text: string; readonly onFollow: () => void }) => (
  <p className={styles.text}>
    {text.split(/(https?:\/\/\S+)/).map((part, index) =>
      index % 2 === 0 ? (
        part
      ) : (
        <a key={part} href={part} onClick={onFollow}>
          {part}
        </a>
      ),
    )}
  </p>
);
