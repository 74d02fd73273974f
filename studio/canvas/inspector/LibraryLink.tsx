import { Button } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { BookUser } from 'lucide-react';
import { Link } from 'react-router';
import { copyFromLibrary, type KeptAgent } from '#workflows/graph/libraryAgent.ts';
import type { AgentNode } from '#workflows/graph/schema.ts';
import { problemOf } from '../../problem.ts';
import { trpc } from '../../trpc.ts';
import { differsFromLibrary } from './differsFromLibrary.ts';
import styles from './LibraryLink.module.css';
import { useLibraryLink } from './useLibraryLink.ts';

/** Where an agent on the stage was copied from, and the ways between it and the library. */
export function LibraryLink({ node }: { readonly node: AgentNode }) {
  const { libraryId } = node.data;
  return libraryId === undefined ? (
    <Unlinked node={node}>Written for this crew alone.</Unlinked>
  ) : (
    <Linked node={node} libraryId={libraryId} />
  );
}

function Unlinked({ node, children }: { readonly node: AgentNode; readonly children: string }) {
  const { keep, isPending } = useLibraryLink(node);
  return (
    <p className={styles.link} data-testid="library-link">
      <span className="grow faint">{children}</span>
      <Button size="small" disabled={isPending} onClick={keep}>
        <BookUser aria-hidden />
        Save to the library
      </Button>
    </p>
  );
}

function Linked({ node, libraryId }: { readonly node: AgentNode; readonly libraryId: string }) {
  const kept = useQuery(trpc.agents.get.queryOptions({ id: libraryId }));
  if (kept.isError) {
    return problemOf(kept.error).code === 'notFound' ? (
      <Unlinked node={node}>No longer in the library.</Unlinked>
    ) : null;
  }
  if (!kept.data) return null;
  return (
    <p className={styles.link} data-testid="library-link">
      <span className="grow">
        From the library: <Link to={`/agents/${libraryId}`}>{kept.data.name || 'Nameless'}</Link>
      </span>
      <Ways node={node} kept={kept.data} />
    </p>
  );
}

interface WaysProps {
  readonly node: AgentNode;
  readonly kept: KeptAgent & {
    readonly isOwn: boolean;
    readonly inputs: Readonly<Record<string, string>>;
  };
}

/** A newer one is taken over; what was changed here may be kept for all. */
function Ways({ node, kept }: WaysProps) {
  const { take, push, isPending } = useLibraryLink(node);
  if (kept.version > (node.data.libraryVersion ?? 0)) {
    return (
      <Button size="small" onClick={() => take(copyFromLibrary(kept))}>
        Update from the library
      </Button>
    );
  }
  if (!kept.isOwn || !differsFromLibrary(node.data, kept)) return null;
  return (
    <Button size="small" disabled={isPending} onClick={() => push(kept)}>
      Save the changes to the library
    </Button>
  );
}
