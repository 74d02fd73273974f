import { Tab, Tabs } from '@mui/material';
import { lazy, Suspense } from 'react';
import { useSearchParams } from 'react-router';
import { DataTab, type SimulationView } from './data/DataTab.tsx';
import styles from './SimulationBody.module.css';
import { StepPanel } from './steps/StepPanel.tsx';
import { StepTable } from './steps/StepTable.tsx';
import { useOpenStep } from './steps/useOpenStep.ts';
import { Timeline } from './timeline/Timeline.tsx';
import { Transcript } from './transcript/Transcript.tsx';
import { useRunStore } from './useSimulation.ts';

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
  const [open, openStep] = useOpenStep();
  return (
    <>
      <Tabs
        value={tab}
        aria-label="Ways to look at it"
        className={styles.tabs}
        onChange={(_, next: TabName) => setTab(next)}
      >
        {TABS.map((name) => (
          <Tab key={name} value={name} label={LABELS[name]} />
        ))}
      </Tabs>
      <div className={styles.body} data-tab={tab}>
        <div className={styles.upper} data-open={open !== null}>
          <TabContent tab={tab} view={view} onRetry={onRetry} />
          {open !== null && (
            <StepPanel simulationId={view.id} graph={view.graph} path={open} onClose={() => openStep(null)} />
          )}
        </div>
        {(tab === 'transcript' || tab === 'canvas') && (
          <section className={styles.time} aria-label="Timeline">
            <Timeline graph={view.graph} />
          </section>
        )}
      </div>
    </>
  );
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
        <div className={styles.timeline}>
          <section aria-label="Timeline">
            <Timeline graph={view.graph} />
          </section>
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

const TAB = 'tab';

function useTab(): readonly [TabName, (tab: TabName) => void] {
  const [params, setParams] = useSearchParams();
  const tab = TABS.find((name) => name === params.get(TAB)) ?? 'transcript';
  const setTab = (next: TabName) =>
    setParams(
      (before) => {
        before.set(TAB, next);
        return before;
      },
      { replace: true },
    );
  return [tab, setTab];
}
