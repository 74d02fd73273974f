import { Chip } from '../../../ui/Chip.tsx';
import styles from './ToolServersPage.module.css';
import type { ServerTool } from './useToolServerCommands.ts';

/** Tools as their server describes them to models, word by word: that is what is agreed to. */
export const ToolList = ({ tools }: { readonly tools: readonly ServerTool[] }) => (
  <ul className={styles.toolList}>
    {tools.map(({ name, title, description, changesOutsideWorld }) => (
      <li key={name}>
        <div>
          <b>{title}</b> <span className="mono">{name}</span>
          {changesOutsideWorld && (
            <Chip tone="wait" title="A fork simulates it unless you want it sent">
              may change things
            </Chip>
          )}
        </div>
        <p>{description || 'It says nothing of itself.'}</p>
      </li>
    ))}
  </ul>
);
