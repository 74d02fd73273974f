import { Button } from '@mui/material';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { inferRouterOutputs } from '@trpc/server';
import { Link } from 'react-router';
import type { AppRouter } from '#api/router.ts';
import { answeredWords, deadlineWords, KIND_WORDS } from '../../questions/questionWords.ts';
import { TopBar } from '../../shell/TopBar.tsx';
import { trpc } from '../../trpc.ts';
import { Chip } from '../../ui/Chip.tsx';
import { formatWhen } from '../../ui/formats.ts';
import { plainText } from '../../ui/plainText.ts';
import { LinkRow, RowList } from '../../ui/RowList.tsx';
import { FailedScreen, LoadingScreen, Screen } from '../../ui/Screen.tsx';
import { useAddressPart } from '../../ui/useAddress.ts';
import { useNow } from '../../ui/useNow.ts';
import { useTitle } from '../../ui/useTitle.ts';
import styles from './Inbox.module.css';

type Summary = inferRouterOutputs<AppRouter>['questions']['list']['items'][number];
type Shown = 'open' | 'closed';

const POLL_MS = 4_000;

/** What simulations of the workspace ask, newest first. */
export function InboxPage() {
  useTitle('Inbox');
  const [part, choose] = useAddressPart('show');
  const shown: Shown = part === 'closed' ? 'closed' : 'open';
  return (
    <div className="page">
      <TopBar title="Inbox">
        <Button
          size="small"
          aria-pressed={shown === 'closed'}
          onClick={() => choose(shown === 'open' ? 'closed' : null)}
        >
          {shown === 'open' ? 'Show answered' : 'Show open'}
        </Button>
      </TopBar>
      <Questions status={shown} />
    </div>
  );
}

function Questions({ status }: { readonly status: Shown }) {
  const questions = useInfiniteQuery(
    trpc.questions.list.infiniteQueryOptions(
      { limit: 50, status },
      { getNextPageParam: (page) => page.nextCursor ?? undefined, refetchInterval: POLL_MS },
    ),
  );
  if (questions.isPending) return <LoadingScreen title="Opening the letters" />;
  if (questions.isError)
    return (
      <FailedScreen
        title="The inbox could not be loaded"
        error={questions.error}
        onRetry={() => questions.refetch()}
      />
    );
  const items = questions.data.pages.flatMap((page) => page.items);
  if (items.length === 0) return <Nothing status={status} />;
  return (
    <RowList onMore={questions.hasNextPage ? () => void questions.fetchNextPage() : undefined}>
      {items.map((question) => (
        <Row key={question.id} question={question} />
      ))}
    </RowList>
  );
}

function Row({ question }: { readonly question: Summary }) {
  const { id, kind, title, preview, simulationTitle, status, askedAt, deadlineAt, remindedAt } = question;
  const now = useNow(status === 'open' && deadlineAt !== null);
  const deadline = status === 'open' ? deadlineWords(deadlineAt, now) : '';
  return (
    <LinkRow to={`/inbox/${id}`} className={styles.row} testId="inbox-row">
      <span className={styles.head}>
        <b>{title || KIND_WORDS[kind]}</b>
        <Chip>{KIND_WORDS[kind]}</Chip>
        {deadline && <Chip tone="wait">{deadline}</Chip>}
        {status === 'open' && remindedAt && <Chip tone="wait">Reminder</Chip>}
      </span>
      <span className={styles.preview}>
        {status === 'answered' ? answeredWords(question) : plainText(preview)}
      </span>
      <span className={styles.about}>
        {simulationTitle} · {formatWhen(askedAt)}
        {STATUS_WORDS[status]}
      </span>
    </LinkRow>
  );
}

const STATUS_WORDS: Readonly<Record<Summary['status'], string>> = {
  open: '',
  answered: '',
  expired: ' · nobody answered in time',
  closed: ' · the simulation has ended',
};

const Nothing = ({ status }: { readonly status: Shown }) => (
  <Screen
    face="Reviewer"
    index={5}
    title={status === 'open' ? 'Nobody is waiting for you' : 'Nothing has been answered yet'}
    action={
      <Button component={Link} to="/simulations" variant="contained" color="primary">
        See the simulations
      </Button>
    }
  >
    When a crew needs a decision, wants its answer read or has a question, it is here.
  </Screen>
);
