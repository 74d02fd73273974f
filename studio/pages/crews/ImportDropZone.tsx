import { Button } from '@mui/material';
import { FileDown } from 'lucide-react';
import { type ChangeEvent, useRef } from 'react';
import styles from './ImportDropZone.module.css';
import { useDroppedFiles } from './useDroppedFiles.ts';

interface ImportDropZoneProps {
  readonly problem: string | undefined;
  readonly onFiles: (files: readonly File[]) => void;
}

export function ImportDropZone({ problem, onFiles }: ImportDropZoneProps) {
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const drop = useDroppedFiles(onFiles);
  const handlePick = (event: ChangeEvent<HTMLInputElement>) => onFiles([...(event.target.files ?? [])]);
  return (
    <>
      <section className={styles.zone} aria-label="Drop files here" {...drop}>
        <FileDown aria-hidden />
        <p>
          Drop <b>agents.yaml</b> and <b>tasks.yaml</b> here, with <b>crew.py</b> if you have it.
        </p>
        <span className={styles.pick}>
          <Button variant="contained" color="primary" onClick={() => files.current?.click()}>
            Choose files
          </Button>
          <Button onClick={() => folder.current?.click()}>Choose a folder</Button>
        </span>
        <input ref={files} hidden multiple type="file" data-testid="import-files" onChange={handlePick} />
        <input ref={folder} hidden multiple type="file" {...{ webkitdirectory: '' }} onChange={handlePick} />
      </section>
      {problem && (
        <p role="alert" className={styles.problem}>
          {problem}
        </p>
      )}
      <p className={styles.hint}>Python is read, never run. Nothing is sent anywhere else.</p>
    </>
  );
}
