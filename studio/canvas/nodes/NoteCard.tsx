import { lazy, memo, Suspense } from 'react';
import type { NodeProps } from 'reactflow';
import { cx } from '../../ui/cx.ts';
import type { FlowNode } from '../flow/toFlow.ts';
import styles from './NoteCard.module.css';

const Markdown = lazy(async () => ({ default: (await import('../../ui/Markdown.tsx')).Markdown }));

/** Words for the reader. */
export const NoteCard = memo(function NoteCard({ id, data }: NodeProps<FlowNode>) {
  const { node } = data;
  if (node.kind !== 'note') return null;
  const { text, colour } = node.data;
  return (
    <aside className={cx(styles.note, styles[colour])} data-node-id={id} data-status="none">
      {text === '' ? (
        <span className="faint">An empty note</span>
      ) : (
        <Suspense fallback={text}>
          <Markdown text={text} />
        </Suspense>
      )}
    </aside>
  );
});
