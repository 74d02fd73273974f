import { Tab, Tabs } from '@mui/material';
import { useEffect, useMemo, useRef, useState } from 'react';
import { type GraphNode, isControl } from '#workflows/graph/schema.ts';
import { selectGraph, useCanvas } from '../CanvasContext.ts';
import { useFieldRequest } from '../gestures/focusField.ts';
import { AgentForm } from './AgentForm.tsx';
import { ControlForm } from './ControlForm.tsx';
import { GroupForm } from './GroupForm.tsx';
import { HistoryTab } from './HistoryTab.tsx';
import { Locked } from './Locked.tsx';
import { NodeHeader } from './NodeHeader.tsx';
import { NoteForm } from './NoteForm.tsx';
import { OutputTab } from './OutputTab.tsx';
import { TaskForm } from './TaskForm.tsx';

type TabName = 'setup' | 'output' | 'history';

export function NodePanel({ id }: { readonly id: string }) {
  const graph = useCanvas(selectGraph);
  const node = useMemo(() => graph.nodes.find((other) => other.id === id), [graph, id]);
  const [tab, setTab] = useState<TabName>('setup');
  const panel = useFocusedField(id, () => setTab('setup'));
  if (!node) return null;
  if (node.kind === 'note' || node.kind === 'group') {
    return (
      <div ref={panel}>
        <NodeHeader node={node} />
        <Locked>{node.kind === 'note' ? <NoteForm node={node} /> : <GroupForm node={node} />}</Locked>
      </div>
    );
  }
  return (
    <div ref={panel}>
      <NodeHeader node={node} />
      <Tabs
        value={tab}
        aria-label="About this card"
        onChange={(_, next: TabName) => setTab(next)}
        sx={{ borderBottom: '1px solid var(--line)', margin: '10px 0 14px' }}
      >
        <Tab value="setup" label="Set-up" />
        <Tab value="output" label="Output" />
        <Tab value="history" label="History" />
      </Tabs>
      {tab === 'setup' && (
        <Locked>
          <Setup node={node} />
        </Locked>
      )}
      {tab === 'output' && <OutputTab node={node} />}
      {tab === 'history' && <HistoryTab />}
    </div>
  );
}

function Setup({ node }: { readonly node: GraphNode }) {
  if (node.kind === 'agent') return <AgentForm node={node} />;
  if (node.kind === 'task') return <TaskForm node={node} />;
  return isControl(node) ? <ControlForm node={node} /> : null;
}

/** Puts the cursor into the field that the problems panel, or Enter on a card, asked for. */
function useFocusedField(id: string, showSetup: () => void) {
  const request = useFieldRequest((state) => state.request);
  const panel = useRef<HTMLDivElement>(null);
  const shown = useRef(showSetup);
  useEffect(() => {
    if (request?.nodeId !== id) return;
    shown.current();
    // After the tab is there, and after the click that asked has moved the focus where it wanted.
    const frame = requestAnimationFrame(() => {
      const wanted = request.field
        ? panel.current?.querySelector<HTMLElement>(`[name="${request.field}"]`)
        : null;
      const first = panel.current?.querySelector<HTMLElement>('form input, form textarea, form select');
      const field = wanted ?? first;
      field?.closest('details')?.setAttribute('open', '');
      field?.focus();
      field?.scrollIntoView({ block: 'nearest' });
    });
    return () => cancelAnimationFrame(frame);
  }, [request, id]);
  return panel;
}
