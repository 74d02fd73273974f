import { useQuery } from '@tanstack/react-query';
import { recipientsOf } from '#workflows/graph/recipients.ts';
import type { CrewGraph } from '#workflows/graph/schema.ts';
import { trpc } from '../../trpc.ts';
import { recipientsInWords } from './recipientsInWords.ts';

interface RecipientsLineProps {
  readonly crewId: string;
  readonly graph: CrewGraph;
}

/** Before a crew runs: to whom what it works on is sent. Nothing until the default model is known. */
export function RecipientsLine({ crewId, graph }: RecipientsLineProps) {
  const { data } = useQuery(trpc.models.list.queryOptions({ crewId }));
  if (!data) return null;
  return <p className="faint">{recipientsInWords(recipientsOf(graph, data.defaultModel))}</p>;
}
