import { Button } from '@mui/material';
import { Check, Clock, MessageCircleQuestion } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { problemOf } from '../problem.ts';
import { Chip } from '../ui/Chip.tsx';
import { plainText } from '../ui/plainText.ts';
import { useNow } from '../ui/useNow.ts';
import { May } from '../workspace/May.tsx';
import styles from './Question.module.css';
import { QuestionForm } from './QuestionForm.tsx';
import { answeredWords, deadlineWords, KIND_WORDS } from './questionWords.ts';
import { type Question, useQuestion } from './useQuestion.ts';

const Markdown = lazy(async () => ({ default: (await import('../ui/Markdown.tsx')).Markdown }));

/** What is asked, what there is to read first, and the way to answer: the same wherever it is met. */
export function QuestionCard({ id }: { readonly id: string }) {
  const question = useQuestion(id);
  if (question.isPending)
    return (
      <section className={styles.card} role="status">
        Reading the question
      </section>
    );
  if (question.isError)
    return (
      <section className={styles.card} role="alert">
        <p>{problemOf(question.error).message}</p>
        <Button onClick={() => question.refetch()}>Try again</Button>
      </section>
    );
  return <Card question={question.data} />;
}

function Card({ question }: { readonly question: Question }) {
  const { kind, title, prompt, context, status } = question;
  return (
    <section className={styles.card} aria-label={title || KIND_WORDS[kind]} data-testid="question">
      <header>
        <MessageCircleQuestion aria-hidden />
        <h2>{title || KIND_WORDS[kind]}</h2>
        <Chip>{KIND_WORDS[kind]}</Chip>
        {status === 'open' && <Deadline question={question} />}
      </header>
      <div className={styles.prompt}>
        <Rich text={prompt} />
      </div>
      {numbered(context).map(({ part, key }) => (
        <article key={key} className={styles.context}>
          <h3>{part.title}</h3>
          <Rich text={part.text || 'No answer'} />
        </article>
      ))}
      {status === 'open' ? (
        <May
          action="run"
          otherwise={
            <p className={styles.closed}>
              It waits for an answer. Your role in this workspace does not allow giving one.
            </p>
          }
        >
          <QuestionForm question={question} />
        </May>
      ) : (
        <Closed question={question} />
      )}
    </section>
  );
}

/** Words first, so that nothing jumps, and their marks when what draws them is here. */
const Rich = ({ text }: { readonly text: string }) => (
  <Suspense fallback={<p>{plainText(text)}</p>}>
    <Markdown text={text} />
  </Suspense>
);

function Deadline({ question: { deadlineAt, remindedAt } }: { readonly question: Question }) {
  const now = useNow(deadlineAt !== null);
  const words = deadlineWords(deadlineAt, now);
  return (
    <>
      {words && (
        <Chip tone="wait" icon={Clock}>
          {words}
        </Chip>
      )}
      {remindedAt && <Chip tone="wait">Reminder</Chip>}
    </>
  );
}

/** Answers have no names of their own, and what is shown beside a question never changes. */
const numbered = <T,>(parts: readonly T[]) => parts.map((part, place) => ({ part, key: `${place + 1}` }));

function Closed({ question }: { readonly question: Question }) {
  const { status, text } = question;
  if (status === 'expired') return <p className={styles.closed}>Nobody answered in time. It is closed.</p>;
  if (status !== 'answered')
    return <p className={styles.closed}>The simulation has ended: nobody needs to answer any more.</p>;
  return (
    <div className={styles.closed} role="status">
      <p>
        <Check aria-hidden />
        {answeredWords(question)}
      </p>
      {text && <blockquote>{text}</blockquote>}
    </div>
  );
}
