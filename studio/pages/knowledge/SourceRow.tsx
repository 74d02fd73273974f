import {
  BookOpenCheck,
  CircleAlert,
  Clock,
  Download,
  type LucideIcon,
  RefreshCw,
  ScanText,
  Trash2,
} from 'lucide-react';
import { useState } from 'react';
import { Chip } from '../../ui/Chip.tsx';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { formatBytes, formatMoney, plural } from '../../ui/formats.ts';
import { IconAction } from '../../ui/IconAction.tsx';
import type { Tone } from '../../ui/statuses.ts';
import { contentOf } from '../../workspace/chosenWorkspace.ts';
import { useMay } from '../../workspace/useWorkspace.ts';
import styles from './SourceRow.module.css';
import { type Source, useKnowledgeCommands } from './useKnowledge.ts';

const STATES: Readonly<
  Record<Source['state'], { readonly word: string; readonly icon: LucideIcon; readonly tone: Tone }>
> = {
  queued: { word: 'Queued', icon: Clock, tone: 'quiet' },
  reading: { word: 'Being read', icon: ScanText, tone: 'now' },
  ready: { word: 'Ready', icon: BookOpenCheck, tone: 'ok' },
  failed: { word: 'Failed', icon: CircleAlert, tone: 'fail' },
};

interface SourceRowProps {
  readonly baseId: string;
  readonly source: Source;
}

/** One file: how far its reading is, or why it could not be read. */
export function SourceRow({ baseId, source }: SourceRowProps) {
  const [isAsking, setAsking] = useState(false);
  const mayEdit = useMay('edit');
  const { reread, removeSource } = useKnowledgeCommands();
  const { id, fileId, name, state, failure } = source;
  const look = STATES[state];
  return (
    <li className={styles.row} data-testid="source-row">
      <div className={styles.what}>
        <b>{name}</b>
        <small>{figuresOf(source)}</small>
        {failure && <small className={styles.failure}>{failure.message}</small>}
      </div>
      <Chip tone={look.tone} icon={look.icon}>
        {look.word}
      </Chip>
      <span className={styles.actions}>
        <IconAction
          label={`Download ${name}`}
          icon={Download}
          size="small"
          onClick={() => location.assign(contentOf(fileId))}
        />
        {mayEdit && state !== 'queued' && (
          <IconAction
            label={`Read ${name} again`}
            icon={RefreshCw}
            size="small"
            onClick={() => reread.mutate({ id: baseId, sourceId: id })}
          />
        )}
        {mayEdit && (
          <IconAction label={`Take out ${name}`} icon={Trash2} size="small" onClick={() => setAsking(true)} />
        )}
      </span>
      {isAsking && (
        <ConfirmDialog
          title={`Take out ${name}?`}
          text="Agents do not find it any more, and the file is deleted."
          confirm="Take it out"
          onClose={() => setAsking(false)}
          onConfirm={() => removeSource.mutate({ id: baseId, sourceId: id })}
        />
      )}
    </li>
  );
}

function figuresOf({ size, state, passages, foundBy, costMicros }: Source): string {
  const parts = [formatBytes(size)];
  if (state === 'ready') {
    parts.push(
      plural(passages, 'passage'),
      `found by ${foundBy === 'meaning' ? 'meaning and words' : 'words'}`,
    );
    if (costMicros > 0) parts.push(formatMoney(costMicros));
  }
  return parts.join(' · ');
}
