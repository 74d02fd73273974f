import { Button } from '@mui/material';
import { FileUp } from 'lucide-react';
import { type ChangeEvent, useRef, useState } from 'react';
import styles from './AddSources.module.css';
import { PasteTextDialog } from './PasteTextDialog.tsx';
import type { Knowledge } from './useKnowledge.ts';

const ACCEPTED = '.txt,.md,.markdown,.csv,.tsv,.json,.pdf,.docx';

interface AddSourcesProps {
  readonly base: Knowledge;
  /** Names of files that are under way. */
  readonly sending: readonly string[];
  readonly onFiles: (files: readonly File[]) => void;
}

export function AddSources({ base, sending, onFiles }: AddSourcesProps) {
  const files = useRef<HTMLInputElement>(null);
  const [isPasting, setPasting] = useState(false);
  const handlePick = (event: ChangeEvent<HTMLInputElement>) => {
    onFiles([...(event.target.files ?? [])]);
    event.target.value = '';
  };
  return (
    <div className={styles.zone}>
      <FileUp aria-hidden />
      <p>Drop files anywhere on this page: PDF, Word, Markdown, text, CSV or JSON, 25 MB each.</p>
      <span className={styles.pick}>
        <Button variant="contained" color="primary" onClick={() => files.current?.click()}>
          Choose files
        </Button>
        <Button onClick={() => setPasting(true)}>Paste text</Button>
      </span>
      <input
        ref={files}
        hidden
        multiple
        type="file"
        accept={ACCEPTED}
        data-testid="knowledge-files"
        onChange={handlePick}
      />
      {sending.length > 0 && (
        <p role="status" className={styles.sending}>
          Sending {sending.join(', ')}
        </p>
      )}
      {isPasting && <PasteTextDialog baseId={base.id} onClose={() => setPasting(false)} />}
    </div>
  );
}
