import { useMemo } from 'react';
import { doersOf } from '../../canvas/cast.ts';
import { problemOf } from '../../problem.ts';
import { Modal } from '../../ui/Modal.tsx';
import type { SimulationView } from '../data/DataTab.tsx';
import { nodeOf } from '../fork/nodeOf.ts';
import { NewVariants } from './NewVariants.tsx';
import { useKeepVariant, useVariants, type Variant } from './useVariants.ts';
import { OriginalColumn, VariantColumn } from './VariantColumn.tsx';
import styles from './VariantsDialog.module.css';

interface VariantsDialogProps {
  readonly view: SimulationView;
  readonly path: string;
  readonly onClose: () => void;
}

/** One task, answered in several ways, side by side. One of them can be gone on with. */
export function VariantsDialog({ view, path, onClose }: VariantsDialogProps) {
  const variants = useVariants(view.id, path);
  const keep = useKeepVariant(view.id);
  const nodeId = nodeOf(path);
  const member = useMemo(() => doersOf(view.graph).get(nodeId), [view.graph, nodeId]);
  const task = view.graph.nodes.find((node) => node.kind === 'task' && node.id === nodeId);
  const name = task?.kind === 'task' ? task.data.name : 'a task';
  return (
    <Modal title={`${name}, in variants`} width="xl" onClose={onClose}>
      <p className="muted">
        Each variant asks {member?.name ?? 'the agent'} anew, from the same place, and ends after this task.
      </p>
      <NewVariants view={view} path={path} />
      {variants.isError && <p role="alert">{problemOf(variants.error).message}</p>}
      <div className={styles.columns} data-testid="variants">
        <OriginalColumn original={variants.data?.original ?? null} />
        {sideBySide(variants.data?.items ?? []).map((variant) => (
          <VariantColumn
            key={variant.id}
            variant={variant}
            isKeeping={keep.isPending}
            onKeep={() => keep.mutate(variant.id)}
          />
        ))}
      </div>
    </Modal>
  );
}

/** The newest group first, and each in its order. */
function sideBySide(items: readonly Variant[]): Variant[] {
  const groups = [...new Set(items.map(({ group }) => group))];
  return items.toSorted((a, b) => groups.indexOf(a.group) - groups.indexOf(b.group) || a.number - b.number);
}
