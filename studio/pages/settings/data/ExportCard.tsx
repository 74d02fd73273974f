import { Button } from '@mui/material';
import { useMutation, useQuery } from '@tanstack/react-query';
import type { inferRouterOutputs } from '@trpc/server';
import { Download, PackageOpen } from 'lucide-react';
import type { AppRouter } from '#api/router.ts';
import { problemOf } from '../../../problem.ts';
import { queryClient, trpc } from '../../../trpc.ts';
import { Card } from '../../../ui/Card.tsx';
import { formatBytes, formatMoment } from '../../../ui/formats.ts';
import { toast } from '../../../ui/toasts.ts';

type Archive = inferRouterOutputs<AppRouter>['users']['exports']['items'][number];

/** While an archive is being written, it is asked about this often. */
const ASK_EACH_MS = 2_000;

export function ExportCard() {
  const exports = useQuery({
    ...trpc.users.exports.queryOptions(),
    refetchInterval: ({ state }) => (state.data?.items[0]?.state === 'queued' ? ASK_EACH_MS : false),
  });
  return (
    <Card title="Take everything along">
      <p>
        An archive of your crews, agents, simulations and files, and of what you did. Its crews can be
        imported into any Troupe. No secrets are in it, and nothing that others made.
      </p>
      {exports.isPending && <p role="status">Looking for an archive…</p>}
      {exports.isError && <p role="alert">{problemOf(exports.error).message}</p>}
      {exports.data && <State archive={exports.data.items[0]} />}
    </Card>
  );
}

function State({ archive }: { readonly archive: Archive | undefined }) {
  if (archive?.state === 'queued')
    return (
      <p role="status">
        Your archive is being written. You get a mail when it is ready; you need not wait here.
      </p>
    );
  if (archive?.state === 'ready') return <Ready archive={archive} />;
  return (
    <>
      {archive?.state === 'failed' && (
        <p role="alert">
          The archive could not be written. Ask for it again, or tell whoever runs this server.
        </p>
      )}
      <Ask />
    </>
  );
}

const Ready = ({ archive: { id, size, expiresAt } }: { readonly archive: Archive }) => (
  <>
    <Button
      component="a"
      href={`/api/v1/users/me/exports/${id}/content`}
      download
      variant="contained"
      color="primary"
    >
      <Download aria-hidden />
      Download {size === null ? '' : `(${formatBytes(size)})`}
    </Button>
    {expiresAt && <p>It is kept until {formatMoment(expiresAt)}; after that you can ask for another one.</p>}
  </>
);

function Ask() {
  const ask = useMutation(
    trpc.users.export.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries({ queryKey: trpc.users.exports.queryKey() }),
      onError: (error) => toast({ text: problemOf(error).message, tone: 'fail' }),
    }),
  );
  return (
    <Button variant="outlined" disabled={ask.isPending} onClick={() => ask.mutate()}>
      <PackageOpen aria-hidden />
      Ask for an archive
    </Button>
  );
}
