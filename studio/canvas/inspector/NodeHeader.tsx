import { Group, StickyNote } from 'lucide-react';
import { useMemo } from 'react';
import { type GraphNode, isControl } from '#workflows/graph/schema.ts';
import { Face } from '../../ui/Face.tsx';
import { selectGraph, useCanvas } from '../CanvasContext.ts';
import { castOf, doersOf } from '../cast.ts';
import { CONTROL_ICONS, CONTROL_TITLES } from '../nodes/controlIcons.ts';
import styles from './NodeHeader.module.css';

export function NodeHeader({ node }: { readonly node: GraphNode }) {
  const graph = useCanvas(selectGraph);
  const member = useMemo(
    () =>
      node.kind === 'agent' ? castOf(graph).find(({ id }) => id === node.id) : doersOf(graph).get(node.id),
    [graph, node.id, node.kind],
  );
  return (
    <header className={styles.head}>
      {member ? (
        <Face name={member.name} index={member.index} size={44} isDecorative />
      ) : (
        <span className={styles.empty} aria-hidden>
          <NodeIcon node={node} />
        </span>
      )}
      <div>
        <h2>{node.kind === 'note' ? 'Note' : node.data.name || 'Nameless'}</h2>
        <small className="faint">{sub(node, member?.name)}</small>
      </div>
    </header>
  );
}

function NodeIcon({ node }: { readonly node: GraphNode }) {
  if (node.kind === 'note') return <StickyNote />;
  if (node.kind === 'group') return <Group />;
  if (!isControl(node)) return '?';
  const Icon = CONTROL_ICONS[node.kind];
  return <Icon />;
}

function sub(node: GraphNode, doer: string | undefined): string {
  if (node.kind === 'agent') return node.data.role ? `Agent · ${node.data.role}` : 'Agent';
  if (node.kind === 'note' || node.kind === 'group') return 'For the reader, not for the agents';
  if (isControl(node)) return CONTROL_TITLES[node.kind];
  return doer ? `Task · done by ${doer}` : 'Task · nobody does it yet';
}
