import { Menu, MenuItem } from '@mui/material';
import { ArrowLeft, Check, UserPlus } from 'lucide-react';
import type { ReactNode } from 'react';
import { Face } from '../../ui/Face.tsx';
import { useCanvasStore } from '../CanvasContext.ts';
import { castOf } from '../cast.ts';
import { addNode } from '../commands/addNode.ts';
import { connectNodes } from '../commands/connectNodes.ts';
import { HANDLES } from '../flow/ports.ts';
import { focusNode } from './focusNode.ts';
import { askForEnd, type DroppedWire, useWirePicker } from './wirePicker.ts';

interface Choice {
  readonly key: string;
  readonly label: string;
  readonly icon: ReactNode;
  readonly act: () => void;
}

/** What could stand at the end of a wire that was let go over the empty stage. */
export function WirePicker() {
  const dropped = useWirePicker((state) => state.dropped);
  const choices = useChoices(dropped);
  if (!dropped) return null;
  const close = () => askForEnd(null);
  return (
    <Menu
      open
      onClose={close}
      anchorReference="anchorPosition"
      anchorPosition={{ left: dropped.x, top: dropped.y }}
      slotProps={{ list: { 'aria-label': 'What stands at the end of the line' } }}
    >
      {choices.map(({ key, label, icon, act }) => (
        <MenuItem
          key={key}
          onClick={() => {
            close();
            act();
          }}
        >
          {icon}
          {label}
        </MenuItem>
      ))}
    </Menu>
  );
}

function useChoices(dropped: DroppedWire | null): readonly Choice[] {
  const store = useCanvasStore();
  if (!dropped) return [];
  const { held, centre } = dropped;
  const connect = { nodeId: held.nodeId, asSource: held.type === 'source' };
  const add = (kind: 'agent' | 'task') => () => {
    const id = addNode(store, kind, { centre, connect });
    if (id) focusNode(id);
  };
  if (held.handleId === HANDLES.assign) {
    return [{ key: 'task', label: 'A new task to do', icon: <Check aria-hidden />, act: add('task') }];
  }
  if (held.handleId === HANDLES.out) {
    return [
      { key: 'task', label: 'A new task that reads this', icon: <Check aria-hidden />, act: add('task') },
    ];
  }
  if (held.handleId === HANDLES.in) {
    return [
      { key: 'task', label: 'A new task to read from', icon: <ArrowLeft aria-hidden />, act: add('task') },
    ];
  }
  return [
    { key: 'agent', label: 'A new agent', icon: <UserPlus aria-hidden />, act: add('agent') },
    ...castOf(store.getState().graph).map(({ id, name, index }) => ({
      key: id,
      label: name,
      icon: <Face name={name} index={index} size={22} isDecorative />,
      act: () => {
        connectNodes(store, { from: id, to: held.nodeId });
      },
    })),
  ];
}
