import { Button } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { Download, FileText } from 'lucide-react';
import { useState } from 'react';
import { problemOf } from '../../problem.ts';
import { trpc } from '../../trpc.ts';
import { formatBytes } from '../../ui/formats.ts';
import { Markdown } from '../../ui/Markdown.tsx';
import { Modal } from '../../ui/Modal.tsx';
import styles from './DataTab.module.css';
import type { SimulationView } from './DataTab.tsx';
import { downloadText } from './downloadText.ts';

interface FileListProps {
  readonly simulationId: string;
  readonly files: SimulationView['files'];
}

export function FileList({ simulationId, files }: FileListProps) {
  const [open, setOpen] = useState<string | null>(null);
  if (files.length === 0) return <p className="faint">No answer was kept as a file.</p>;
  return (
    <>
      <ul className={styles.files}>
        {files.map(({ name, size }) => (
          <li key={name}>
            <button type="button" onClick={() => setOpen(name)}>
              <FileText aria-hidden />
              <span className="grow">{name}</span>
              <span className="mono faint">{formatBytes(size)}</span>
            </button>
          </li>
        ))}
      </ul>
      {open !== null && <FileDialog simulationId={simulationId} name={open} onClose={() => setOpen(null)} />}
    </>
  );
}

interface FileDialogProps {
  readonly simulationId: string;
  readonly name: string;
  readonly onClose: () => void;
}

function FileDialog({ simulationId, name, onClose }: FileDialogProps) {
  const file = useQuery(trpc.simulations.file.queryOptions({ id: simulationId, name }));
  const text = file.data?.text;
  return (
    <Modal
      title={name}
      width="md"
      onClose={onClose}
      actions={
        text !== undefined && (
          <Button onClick={() => downloadText(name, text)}>
            <Download aria-hidden />
            Download
          </Button>
        )
      }
    >
      {file.isPending && <p className="faint">Reading</p>}
      {file.isError && <p role="alert">{problemOf(file.error).message}</p>}
      {text !== undefined &&
        (/\.(md|markdown)$/i.test(name) ? (
          <Markdown text={text} />
        ) : (
          <pre className={styles.plain}>{text}</pre>
        ))}
    </Modal>
  );
}
