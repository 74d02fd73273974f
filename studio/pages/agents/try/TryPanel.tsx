import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { inputsOfAgent } from '#workflows/graph/soloGraph.ts';
import { newId } from '../../../canvas/commands/newId.ts';
import { problemOf } from '../../../problem.ts';
import { queryClient, trpc } from '../../../trpc.ts';
import { Face } from '../../../ui/Face.tsx';
import { toast } from '../../../ui/toasts.ts';
import type { AgentDraft } from '../useAgentDraft.ts';
import { LiveExchange } from './LiveExchange.tsx';
import { PastExchange } from './PastExchange.tsx';
import { TryForm } from './TryForm.tsx';
import styles from './TryPanel.module.css';

export interface TriedAgent {
  readonly name: string;
  /** Which colour it has. */
  readonly index: number;
}

interface TryPanelProps extends TriedAgent {
  readonly agentId: string;
  readonly draft: AgentDraft;
  /** False while something must be fixed first. */
  readonly canTry: boolean;
  /** Of who writes on it: what is tried is what stands in the form, so that is saved before. */
  readonly saveNow?: () => Promise<boolean>;
}

/** Says something to the agent and shows how it answers, with what it took: each answer is a simulation. */
export function TryPanel({ agentId, name, index, draft, canTry, saveNow = nothingToSave }: TryPanelProps) {
  const { data, inputs } = draft;
  const { ids, send, isSending } = useTryOuts(agentId, saveNow);
  const [live, ...past] = ids;
  const agent = { name, index };
  return (
    <section className={styles.panel} aria-label={`Try ${name}`}>
      <div className={styles.exchanges} data-testid="exchanges">
        {live === undefined ? (
          <div className={styles.empty}>
            <Face name={name} index={index} size={64} isDecorative />
            <h2>Hear how {name} answers</h2>
            <p className="muted">
              Each message is a small simulation: recorded, priced, and free to watch again.
            </p>
          </div>
        ) : (
          <>
            <LiveExchange key={live} id={live} agent={agent} />
            {past.map((id) => (
              <PastExchange key={id} id={id} agent={agent} />
            ))}
          </>
        )}
      </div>
      <TryForm
        name={name}
        asked={inputsOfAgent(data).filter((input) => (inputs[input] ?? '').trim() === '')}
        isDisabled={!canTry || isSending}
        why={canTry ? undefined : 'Fix what is named beside this first.'}
        onSend={send}
      />
    </section>
  );
}

export interface TryMessage {
  readonly message: string;
  readonly inputs: Readonly<Record<string, string>>;
}

const SHOWN = 6;
const nothingToSave = async () => true;

/** What the agent was tried with, newest first. */
function useTryOuts(agentId: string, saveNow: () => Promise<boolean>) {
  const [started, setStarted] = useState<readonly string[]>([]);
  const listed = useQuery(trpc.simulations.list.queryOptions({ agentId, limit: SHOWN }));
  const test = useMutation(
    trpc.agents.test.mutationOptions({
      onError: (error) => toast({ text: problemOf(error).message, tone: 'fail' }),
      onSuccess: ({ id }) => {
        setStarted((before) => [id, ...before]);
        queryClient.invalidateQueries({ queryKey: trpc.simulations.list.pathKey() }).catch(() => undefined);
      },
    }),
  );
  const send = async ({ message, inputs }: TryMessage): Promise<boolean> => {
    if (!(await saveNow())) {
      toast({ text: 'It is tried as it is saved, and it could not be saved.', tone: 'fail' });
      return false;
    }
    const answer = test.mutateAsync({ id: agentId, message, inputs: { ...inputs }, idempotencyKey: newId() });
    return answer.then(
      () => true,
      () => false,
    );
  };
  // Backwards from the one tried last: who tries again reads the newest first, beside the field.
  const ids = [...new Set([...started, ...(listed.data?.items.map(({ id }) => id) ?? [])])];
  return { ids, send, isSending: test.isPending };
}
