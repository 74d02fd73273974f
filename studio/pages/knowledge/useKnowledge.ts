import { useMutation, useQuery } from '@tanstack/react-query';
import type { inferRouterOutputs } from '@trpc/server';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { AppRouter } from '#api/router.ts';
import { problemOf } from '../../problem.ts';
import { client, queryClient, trpc } from '../../trpc.ts';
import { toast } from '../../ui/toasts.ts';
import { sendFile } from './sendFile.ts';

type Outputs = inferRouterOutputs<AppRouter>['knowledge'];
export type KnowledgeSummary = Outputs['list']['items'][number];
export type Knowledge = Outputs['get'];
export type Source = Knowledge['items'][number];
export type Passages = Outputs['search'];

const READING_POLL_MS = 1_500;

const reload = () => queryClient.invalidateQueries({ queryKey: trpc.knowledge.pathKey() });
const tell = (error: unknown) => toast({ text: problemOf(error).message, tone: 'fail' });

/** All bases; asks again while something is being read. */
export const useKnowledgeList = () =>
  useQuery(
    trpc.knowledge.list.queryOptions(
      { limit: 100 },
      {
        refetchInterval: ({ state }) =>
          state.data?.items.some(({ sources }) => sources.reading > 0) ? READING_POLL_MS : false,
      },
    ),
  );

/** One base with its sources; the same. */
export const useKnowledge = (id: string) =>
  useQuery(
    trpc.knowledge.get.queryOptions(
      { id },
      {
        refetchInterval: ({ state }) =>
          state.data && state.data.sources.reading > 0 ? READING_POLL_MS : false,
      },
    ),
  );

export function useCreateKnowledge() {
  const navigate = useNavigate();
  return useMutation(
    trpc.knowledge.create.mutationOptions({
      onSuccess: async ({ id }) => {
        await reload();
        await navigate(`/knowledge/${id}`);
      },
      onError: tell,
    }),
  );
}

/** What can be done with a base and its sources. */
export function useKnowledgeCommands() {
  const navigate = useNavigate();
  return {
    save: useMutation(trpc.knowledge.save.mutationOptions({ onSuccess: reload, onError: tell })),
    remove: useMutation(
      trpc.knowledge.delete.mutationOptions({
        onSuccess: async () => {
          await navigate('/knowledge');
          await reload();
        },
        onError: tell,
      }),
    ),
    addText: useMutation(trpc.knowledge.addSource.mutationOptions({ onSuccess: reload, onError: tell })),
    reread: useMutation(trpc.knowledge.reread.mutationOptions({ onSuccess: reload, onError: tell })),
    renew: useMutation(trpc.knowledge.renew.mutationOptions({ onSuccess: reload, onError: tell })),
    removeSource: useMutation(
      trpc.knowledge.removeSource.mutationOptions({ onSuccess: reload, onError: tell }),
    ),
  };
}

/** Sends files one after another, and has each read as soon as it is there. */
export function useSendFiles(id: string) {
  const [sending, setSending] = useState<readonly string[]>([]);
  const send = async (files: readonly File[]) => {
    setSending((names) => [...names, ...files.map(({ name }) => name)]);
    for (const file of files) {
      try {
        const fileId = await sendFile(file);
        await client.knowledge.addSource.mutate({ id, fileId });
        await reload();
      } catch (error) {
        const problem =
          error instanceof Error && error.name === 'Error' ? error.message : problemOf(error).message;
        toast({ text: `${file.name}: ${problem}`, tone: 'fail' });
      }
      setSending((names) => names.toSpliced(names.indexOf(file.name), 1));
    }
  };
  return {
    sending,
    send: (files: readonly File[]) => {
      send(files).catch(tell);
    },
  };
}
