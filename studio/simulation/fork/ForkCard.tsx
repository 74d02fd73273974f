import { Button } from '@mui/material';
import { GitFork } from 'lucide-react';
import type { CastMember } from '../../canvas/cast.ts';
import { useOpenVariants } from '../variants/useVariants.ts';
import styles from './ForkCard.module.css';
import { emptyDraft, forkRequest } from './forkDraft.ts';
import { PreviewWords } from './PreviewWords.tsx';
import { useFork } from './useFork.ts';
import { useForkPreview } from './useForkPreview.ts';
import { useOpenFork } from './useOpenFork.ts';

interface ForkCardProps {
  readonly simulationId: string;
  readonly path: string;
  readonly member: CastMember | null;
}

/** Below a step: what if it had been otherwise, with what asking again would run and cost. */
export function ForkCard({ simulationId, path, member }: ForkCardProps) {
  const openFork = useOpenFork();
  const [, openVariants] = useOpenVariants();
  const request = forkRequest({
    id: simulationId,
    draft: { ...emptyDraft, path, isAnew: true },
    atSeq: null,
  });
  const preview = useForkPreview(request);
  const fork = useFork();
  const who = member?.name ?? 'somebody';
  return (
    <section className={styles.card} aria-label="Fork from this step">
      <h3>What if {who} had said something else?</h3>
      <p>
        {preview.data ? (
          <>
            Ask once more and go on from here. <PreviewWords preview={preview.data} />
          </>
        ) : (
          'Ask once more and go on from here, or change who was asked, and what.'
        )}
      </p>
      <Button
        variant="contained"
        color="primary"
        disabled={!preview.isCurrent || fork.isPending}
        onClick={() => fork.mutate(request)}
      >
        <GitFork aria-hidden />
        Run the fork
      </Button>
      <Button onClick={() => openFork({ path, isAnew: true })}>Change something</Button>
      <button type="button" className={styles.variants} onClick={() => openVariants(path)}>
        Variants
      </button>
    </section>
  );
}
