import { Tab, Tabs } from '@mui/material';
import { lazy, Suspense, useMemo } from 'react';
import { OpenQuestions } from '../questions/OpenQuestions.tsx';
import { useAddressPart } from '../ui/useAddress.ts';
import { DataTab, type SimulationView } from './data/DataTab.tsx';
import { FamilyPanel } from './family/FamilyPanel.tsx';
import { useIsFamilyOpen } from './family/useFamily.ts';
import { ForkedFrom } from './fork/ForkedFrom.tsx';
import { ForkPanel } from './fork/ForkPanel.tsx';
import { useIsForking } from './fork/useOpenFork.ts';
import { KeptUntil } from './keep/KeptUntil.tsx';
import { MoveNotice } from './move/MoveNotice.tsx';
import styles from './SimulationBody.module.css';
import { Scrubber } from './scrubber/Scrubber.tsx';
import { StepPanel } from './steps/StepPanel.tsx';
import { StepTable } from './steps/StepTable.tsx';
import { useOpenStep } from './steps/useOpenStep.ts';
import { ToldFailures, toldFailuresOf } from './steps/useToldFailures.ts';
import { Transcript } from './transcript/Transcript.tsx';
import { TriedWith } from './transcript/TriedWith.tsx';
import { useRunStore } from './useSimulation.ts';
import { useOpenVariants } from './variants/useVariants.ts';
import { VariantsDialog } from './variants/VariantsDialog.tsx';

const ReadStage = lazy(async () => ({ default: (await import('../canvas/ReadStage.tsx')).ReadStage }));

const TABS = ['transcript', 'timeline', 'canvas', 'data'] as const;
type TabName = (typeof TABS)[number];

const LABELS: Readonly<Record<TabName, string>> = {
  transcript: 'Transcript',
  timeline: 'Timeline',
  canvas: 'Canvas',
  data: 'Data',
};

interface SimulationBodyProps {
  readonly view: SimulationView;
  readonly onRetry: () => void;
}

/** The tabs, the step that lies open beside them, and time along the lower edge. */
export function SimulationBody({ view, onRetry }: SimulationBodyProps) {
  const [tab, setTab] = useTab();
  const beside = useBeside();
  const [variants, openVariants] = useOpenVariants();
  const isTold = useMemo(() => toldFailuresOf(view.graph), [view.graph]);
  return (
    <ToldFailures value={isTold}>
      <MoveNotice view={view} />
      <TriedWith view={view} />
      <div className={styles.head}>
        <Tabs value={tab} aria-label="Ways to look at it" onChange={(_, next: TabName) => setTab(next)}>
          {TABS.map((name) => (
            <Tab key={name} value={name} label={LABELS[name]} />
          ))}
        </Tabs>
        <div className={styles.about}>
          <ForkedFrom view={view} />
          <KeptUntil view={view} />
        </div>
      </div>
      <OpenQuestions />
      <div className={styles.body} data-tab={tab}>
        <div className={styles.upper} data-open={beside !== null}>
          <TabContent tab={tab} view={view} onRetry={onRetry} />
          <Beside view={view} />
        </div>
        <Scrubber graph={view.graph} isTall={tab === 'timeline'} isFolded={beside !== null} />
      </div>
      {variants !== null && <VariantsDialog view={view} path={variants} onClose={() => openVariants(null)} />}
    </ToldFailures>
  );
}

/** One thing lies open beside the page: the fork that is thought of, the family, or a step. */
function useBeside(): 'fork' | 'family' | 'step' | null {
  const [open] = useOpenStep();
  const [isForking] = useIsForking();
  const [isFamily] = useIsFamilyOpen();
  if (isForking) return 'fork';
  if (isFamily) return 'family';
  return open === null ? null : 'step';
}

function Beside({ view }: { readonly view: SimulationView }) {
  const beside = useBeside();
  const [open, openStep] = useOpenStep();
  const [, setForking] = useIsForking();
  const [, setFamily] = useIsFamilyOpen();
  switch (beside) {
    case 'fork':
      return <ForkPanel view={view} onClose={() => setForking(false)} />;
    case 'family':
      return <FamilyPanel simulationId={view.id} onClose={() => setFamily(false)} />;
    case 'step':
      return (
        <StepPanel
          simulationId={view.id}
          graph={view.graph}
          path={open ?? ''}
          onClose={() => openStep(null)}
        />
      );
    default:
      return null;
  }
}

function TabContent({ tab, view, onRetry }: SimulationBodyProps & { readonly tab: TabName }) {
  const run = useRunStore();
  const [, openStep] = useOpenStep();
  const openTask = (nodeId: string) => openStep(run.getState().state.nodes[nodeId]?.path ?? null);
  switch (tab) {
    case 'transcript':
      return <Transcript simulationId={view.id} graph={view.graph} onRetry={onRetry} />;
    case 'timeline':
      return (
        <div className={styles.table}>
          <StepTable graph={view.graph} />
        </div>
      );
    case 'canvas':
      return (
        <Suspense>
          <ReadStage graph={view.graph} onOpen={openTask} />
        </Suspense>
      );
    case 'data':
      return <DataTab view={view} />;
  }
}

function useTab(): readonly [TabName, (tab: TabName) => void] {
  const [tab, setTab] = useAddressPart('tab');
  return [TABS.find((name) => name === tab) ?? 'transcript', setTab];
}
