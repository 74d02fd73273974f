import { useState } from 'react';
import { allCommands, type Command } from '../ui/commands.ts';
import { Modal } from '../ui/Modal.tsx';
import { writtenKeys } from '../ui/shortcuts.ts';
import styles from './ShortcutHelp.module.css';

/** What else the hand can do on the stage; these have no command of their own. */
const GESTURES: readonly (readonly [string, string])[] = [
  ['Ctrl C, X, V', 'Copy, cut, paste, also into another crew'],
  ['Arrow keys', 'Move the chosen card; with Shift farther'],
  ['Shift drag', 'Choose several cards'],
  ['Ctrl click', 'Add a card to what is chosen'],
  ['Tab', 'From card to card'],
  ['Enter', 'Choose the card and write on it'],
  ['Double click', 'Rename the card'],
  ['Space drag', 'Move the stage'],
  ['Ctrl wheel', 'Nearer and farther'],
];

/** What moves time on the page of a simulation; with Shift, the commands among them. */
const REPLAY: readonly (readonly [string, string])[] = [
  ['Space', 'Play and hold'],
  ['← →', 'Step by step'],
  ['Home, End', 'To the beginning, to the end'],
  ['< >', 'Slower and faster'],
];

export function ShortcutHelp({ onClose }: { readonly onClose: () => void }) {
  const [groups] = useState(() =>
    Map.groupBy(
      allCommands().filter(({ keys }) => keys),
      ({ group }) => group,
    ),
  );
  return (
    <Modal title="Keys" width={groups.size > 2 ? 'md' : 'xs'} onClose={onClose}>
      <div className={styles.columns}>
        {[...groups].map(([group, commands]) => (
          <KeyGroup key={group} title={group} rows={commands.map(rowOf)} />
        ))}
        {groups.has('Replay') && <KeyGroup title="In time" rows={REPLAY} />}
        {groups.has('Edit') && <KeyGroup title="On the stage" rows={GESTURES} />}
      </div>
    </Modal>
  );
}

const rowOf = ({ keys = [], title }: Command) => [keys.map(writtenKeys).join(' or '), title] as const;

interface KeyGroupProps {
  readonly title: string;
  readonly rows: readonly (readonly [string, string])[];
}

const KeyGroup = ({ title, rows }: KeyGroupProps) => (
  <section className={styles.group}>
    <h3 className="overline">{title}</h3>
    <dl>
      {rows.map(([keys, what]) => (
        <div key={keys}>
          <dt>{what}</dt>
          <dd className="mono">{keys}</dd>
        </div>
      ))}
    </dl>
  </section>
);
