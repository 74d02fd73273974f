import type { inferRouterOutputs } from '@trpc/server';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import type { AppRouter } from '#api/router.ts';
import { toLibraryAgent } from '#workflows/graph/libraryAgent.ts';
import type { AgentData } from '#workflows/graph/nodes/agent.ts';
import { inputsOfAgent } from '#workflows/graph/soloGraph.ts';
import { agentPatchOf } from '../../canvas/inspector/agentPatchOf.ts';
import { createAutosave, type SaveResult } from '../../canvas/save/autosave.ts';
import type { Saving } from '../../canvas/save/SaveContext.ts';
import { noteSave } from '../../canvas/save/savesUnderWay.ts';
import { useUnsavedGuard } from '../../canvas/save/useUnsavedGuard.ts';
import { problemOf } from '../../problem.ts';
import { client, queryClient, trpc } from '../../trpc.ts';
import { toast } from '../../ui/toasts.ts';
import { readLibraryAgain } from './useAgentCommands.ts';

export type AgentView = inferRouterOutputs<AppRouter>['agents']['get'];

/** What is written: the agent, and values to try its placeholders with. */
export interface AgentDraft {
  readonly data: AgentData;
  readonly inputs: Readonly<Record<string, string>>;
}

/** An agent while it is written on: saved as it changes, with what the server finds wrong with it. */
export function useAgentDraft(agent: AgentView) {
  const [draft, setDraft] = useState<AgentDraft>(() => draftOf(agent));
  const [problems, setProblems] = useState(agent.problems);
  const [sign, setSign] = useState<Pick<Saving, 'state' | 'message'>>({ state: 'saved', message: undefined });
  const navigate = useNavigate();
  const { id } = agent;
  const autosave = useMemo(
    () =>
      createAutosave<AgentDraft>({
        version: agent.version,
        save: (wanted, version) => save(id, version, wanted, (saved) => setProblems(saved.problems)),
        onState: (state, message) => setSign({ state, message }),
      }),
    [id, agent.version],
  );
  useEffect(
    () => () => {
      noteSave(id, autosave.flush());
      autosave.stop();
    },
    [id, autosave],
  );
  useUnsavedGuard(sign.state, () => {
    autosave.flush().catch(() => undefined);
  });

  // Read when it is written to: two fields may be written before anything is drawn again.
  const latest = useRef(draft);
  const write = (change: Partial<AgentDraft>) => {
    latest.current = { ...latest.current, ...change };
    setDraft(latest.current);
    autosave.note(latest.current);
  };
  const saving: Saving = {
    ...sign,
    saveNow: () => autosave.flush(),
    loadTheirs: async () => {
      const theirs = await client.agents.get.query({ id });
      latest.current = draftOf(theirs);
      setDraft(latest.current);
      setProblems(theirs.problems);
      autosave.restart(theirs.version);
    },
    keepMineAsCopy: async () => {
      const { data, inputs } = latest.current;
      const name = `${data.name.slice(0, 110)} (my copy)`;
      const copy = await client.agents.create.mutate({
        ...toLibraryAgent(data),
        name,
        inputs: { ...inputs },
      });
      autosave.stop();
      toast({ text: 'Your version is an agent of its own now.' });
      await navigate(`/agents/${copy.id}`);
    },
  };
  return { draft, problems, saving, write };
}

const draftOf = (agent: AgentView): AgentDraft => ({ data: toLibraryAgent(agent), inputs: agent.inputs });

async function save(
  id: string,
  version: number,
  { data, inputs }: AgentDraft,
  onSaved: (agent: AgentView) => void,
): Promise<SaveResult> {
  try {
    const saved = await client.agents.save.mutate({
      id,
      version,
      ...agentPatchOf(data),
      inputs: declared(data, inputs),
    });
    onSaved(saved);
    queryClient.setQueryData(trpc.agents.get.queryKey({ id }), saved);
    readLibraryAgain().catch(() => undefined);
    return { kind: 'saved', version: saved.version };
  } catch (error) {
    const { code, message, isTemporary } = problemOf(error);
    if (code === 'agent.conflict') return { kind: 'conflict' };
    return isTemporary ? { kind: 'offline' } : { kind: 'refused', message };
  }
}

/** What the texts ask for stands below them as a field, and is declared by that. */
const declared = (data: AgentData, inputs: AgentDraft['inputs']): Record<string, string> =>
  Object.fromEntries(inputsOfAgent(data).map((name) => [name, inputs[name] ?? '']));
