import { Button } from '@mui/material';
import { useState } from 'react';
import { ConfirmDialog } from '../../../ui/ConfirmDialog.tsx';
import { plural } from '../../../ui/formats.ts';
import { Select } from '../../../ui/TextInput.tsx';
import styles from './Memories.module.css';
import { type Scope, useMemoryCommands, useScopes } from './useMemories.ts';

interface ScopeBarProps {
  readonly crewId: string | undefined;
  readonly agent: string | undefined;
  readonly onChoose: (crewId: string | undefined, agent: string | undefined) => void;
}

/** Whose memories are shown: of all crews, of one, or of one of its agents. Nothing to choose from, nothing shown. */
export function ScopeBar({ crewId, agent, onChoose }: ScopeBarProps) {
  const scopes = useScopes().data?.items ?? [];
  const chosen = scopes.find((scope) => scope.crewId === crewId);
  if (scopes.length === 0) return null;
  return (
    <div className={styles.scopes}>
      <Select
        aria-label="Crew"
        value={crewId ?? ''}
        onChange={({ target }) => onChoose(target.value || undefined, undefined)}
      >
        <option value="">All crews</option>
        {scopes.map(({ crewId: id, crewName, count }) => (
          <option key={id} value={id}>
            {crewName} ({count})
          </option>
        ))}
      </Select>
      {chosen && (
        <>
          <Select
            aria-label="Agent"
            value={agent ?? ''}
            onChange={({ target }) => onChoose(crewId, target.value || undefined)}
          >
            <option value="">All agents</option>
            {chosen.agents.map(({ role, count }) => (
              <option key={role} value={role}>
                {role || 'Nobody in particular'} ({count})
              </option>
            ))}
          </Select>
          <ForgetAll scope={chosen} onForgotten={() => onChoose(undefined, undefined)} />
        </>
      )}
    </div>
  );
}

interface ForgetAllProps {
  readonly scope: Scope;
  readonly onForgotten: () => void;
}

function ForgetAll({ scope: { crewId, crewName, count }, onForgotten }: ForgetAllProps) {
  const [isAsking, setAsking] = useState(false);
  const { forgetCrew } = useMemoryCommands();
  return (
    <>
      <Button size="small" onClick={() => setAsking(true)}>
        Forget all
      </Button>
      {isAsking && (
        <ConfirmDialog
          title={`Forget all of ${crewName}?`}
          text={`${plural(count, 'thing')} that this crew remembers for you will be gone. What it remembers for others stays.`}
          confirm="Forget all"
          onConfirm={() => forgetCrew.mutate({ crewId }, { onSuccess: onForgotten })}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}
