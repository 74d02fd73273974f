import { useQuery } from '@tanstack/react-query';
import { trpc } from '../../../trpc.ts';
import { formatCount, formatMoney, formatWhen, plural } from '../../../ui/formats.ts';
import { Markdown } from '../../../ui/Markdown.tsx';
import { StatusChip } from '../../../ui/StatusChip.tsx';
import { Exchange } from './Exchange.tsx';
import styles from './TryPanel.module.css';
import type { TriedAgent } from './TryPanel.tsx';

interface PastExchangeProps {
  readonly id: string;
  readonly agent: TriedAgent;
}

/** An earlier try-out, as it ended. */
export function PastExchange({ id, agent }: PastExchangeProps) {
  const simulation = useQuery(trpc.simulations.get.queryOptions({ id }));
  if (!simulation.data) return null;
  const { inputs, output, status, totals, createdAt } = simulation.data;
  const tokens = totals.inputTokens + totals.outputTokens;
  const parts = [
    formatWhen(createdAt),
    totals.toolCalls > 0 && plural(totals.toolCalls, 'tool call'),
    tokens > 0 && `${formatCount(tokens)} tokens`,
    formatMoney(totals.costMicros),
  ];
  return (
    <Exchange
      id={id}
      agent={agent}
      message={inputs.message}
      about={status !== 'completed' && <StatusChip status={status} />}
      figures={<span className="mono">{parts.filter(Boolean).join(' · ')}</span>}
    >
      <div className={styles.text}>
        {output ? <Markdown text={output} /> : <p className="faint">No answer.</p>}
      </div>
    </Exchange>
  );
}
