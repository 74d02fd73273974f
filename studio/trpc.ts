import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import {
  createTRPCClient,
  httpBatchLink,
  httpLink,
  httpSubscriptionLink,
  splitLink,
  type TRPCLink,
} from '@trpc/client';
import { createTRPCOptionsProxy } from '@trpc/tanstack-react-query';
import type { AppRouter } from '#api/router.ts';
import { isWorthRetrying, retryDelayMs } from './askAgain.ts';
import { confirmLink } from './confirm/confirmLink.ts';
import { problemOf } from './problem.ts';
import { workspaceHeaders, workspaceParams } from './workspace/chosenWorkspace.ts';

const url = '/trpc';

/** Sets cookies or carries files: never joined with other calls into one request. */
const travelsAlone = (path: string) =>
  /^(users|sessions|secondFactor)\./.test(path) || path === 'crews.import';

/** About whoever asks, whatever workspace they are in: answered also when they belong to it no more. */
const isAboutCaller = (path: string) =>
  /^(users|sessions|secondFactor|members|invitations|admin)\./.test(path) ||
  /^workspaces\.(list|get|create|save|delete|locate)$/.test(path);

// Proxies refuse addresses much longer than this; more than ten answers in one response wait for the slowest.
const inBatches = { url, maxURLLength: 2_000, maxItems: 10 };
const inOneGo: TRPCLink<AppRouter> = splitLink({
  condition: (call) => isAboutCaller(call.path),
  true: httpBatchLink(inBatches),
  false: httpBatchLink({ ...inBatches, headers: workspaceHeaders }),
});
const alone: TRPCLink<AppRouter> = splitLink({
  condition: (call) => isAboutCaller(call.path),
  true: httpLink({ url }),
  false: httpLink({ url, headers: workspaceHeaders }),
});

export const client = createTRPCClient<AppRouter>({
  links: [
    confirmLink,
    splitLink({
      condition: (call) => call.type === 'subscription',
      true: httpSubscriptionLink({ url, connectionParams: workspaceParams }),
      false: splitLink({
        condition: (call) => travelsAlone(call.path),
        true: alone,
        false: inOneGo,
      }),
    }),
  ],
});

/** Refused because one is something else here by now, or does not belong here any more? Then everything else shows it. */
export function lookAtRole(error: unknown): void {
  if (!['workspace.forbidden', 'workspace.roleChanged', 'notFound'].includes(problemOf(error).code)) return;
  queryClient.invalidateQueries({ queryKey: trpc.workspaces.list.queryKey() }).catch(() => undefined);
}

export const queryClient: QueryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      retry: isWorthRetrying,
      retryDelay: retryDelayMs,
      refetchOnWindowFocus: true,
    },
    mutations: { retry: false },
  },
  mutationCache: new MutationCache({ onError: lookAtRole }),
  queryCache: new QueryCache({
    // A session that ended elsewhere shows at the next question; asking who we are again leads to the door.
    onError: (error, query) => {
      lookAtRole(error);
      const isDoor = query.queryKey[0] === trpc.users.me.queryKey()[0];
      if (problemOf(error).code === 'session.required' && !isDoor) {
        queryClient.invalidateQueries({ queryKey: trpc.users.me.queryKey() }).catch(() => undefined);
      }
    },
  }),
});

export const trpc = createTRPCOptionsProxy<AppRouter>({ client, queryClient });
