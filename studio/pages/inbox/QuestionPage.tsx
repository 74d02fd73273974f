import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link, useParams } from 'react-router';
import { isNotThere } from '../../problem.ts';
import { QuestionCard } from '../../questions/QuestionCard.tsx';
import { TopBar } from '../../shell/TopBar.tsx';
import { RunContext, useSimulation } from '../../simulation/useSimulation.ts';
import { trpc } from '../../trpc.ts';
import { FailedScreen, LoadingScreen } from '../../ui/Screen.tsx';
import { useTitle } from '../../ui/useTitle.ts';
import { NotHere } from '../../workspace/NotHere.tsx';
import styles from './Inbox.module.css';

/** One question, to be answered on whatever is at hand. */
export function QuestionPage() {
  const { requestId = '' } = useParams();
  const question = useQuery(trpc.questions.get.queryOptions({ id: requestId }));
  useTitle(question.data?.title || 'Question');
  if (question.isPending) return <LoadingScreen title="Opening the letter" />;
  if (isNotThere(question.error)) return <NotHere kind="question" id={requestId} />;
  if (question.isError)
    return (
      <FailedScreen
        title="The question could not be opened"
        error={question.error}
        onRetry={() => question.refetch()}
      />
    );
  const { simulationId, simulationTitle } = question.data;
  return (
    <div className="page">
      <TopBar back={{ to: '/inbox', label: 'the inbox' }} title="Inbox">
        <Link to={`/simulations/${simulationId}`} className={styles.simulation}>
          {simulationTitle}
        </Link>
      </TopBar>
      <div className="scroll">
        <Live key={simulationId} simulationId={simulationId}>
          <QuestionCard key={requestId} id={requestId} />
        </Live>
      </div>
    </div>
  );
}

interface LiveProps {
  readonly simulationId: string;
  readonly children: ReactNode;
}

/** Hears of an answer that is given elsewhere. */
function Live({ simulationId, children }: LiveProps) {
  const { run } = useSimulation(simulationId);
  return (
    <RunContext value={run}>
      <div className={styles.one}>{children}</div>
    </RunContext>
  );
}
