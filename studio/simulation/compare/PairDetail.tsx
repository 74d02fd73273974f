import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { Link } from 'react-router';
import { splitModel } from '#workflows/catalogue/models.ts';
import { trpc } from '../../trpc.ts';
import { formatCount, formatDuration, formatMoney } from '../../ui/formats.ts';
import styles from './ComparePage.module.css';
import type { ComparedPair, Comparison } from './metrics.ts';
import { type DiffPart, wordDiff } from './wordDiff.ts';

interface PairDetailProps {
  readonly comparison: Comparison;
  readonly pair: ComparedPair;
}

/** What each of them said, word by word. */
export function PairDetail({ comparison, pair }: PairDetailProps) {
  const a = useAnswer(comparison.a.id, pair.path, pair.a);
  const b = useAnswer(comparison.b.id, pair.path, pair.b);
  const parts = useMemo(() => (a !== undefined && b !== undefined ? wordDiff(a, b) : []), [a, b]);
  const isAsked = pair.result === 'different' && pair.isRequestSame !== null;
  return (
    <section className={styles.detail} aria-label="Answers" data-testid="compared-answers">
      <p className={styles.why}>
        <b>{pair.name}</b>{' '}
        <span className="muted">
          {isAsked &&
            (pair.isRequestSame
              ? 'was asked the same and answered otherwise.'
              : `was asked otherwise${pair.isAnswerSame ? ' and answered the same.' : '.'}`)}
          {pair.result === 'same' && 'is the same in both.'}
          {pair.result === 'onlyA' && 'happened only in A.'}
          {pair.result === 'onlyB' && 'happened only in B.'}
        </span>
      </p>
      <div className={styles.sides}>
        <Side letter="A" id={comparison.a.id} pair={pair} step={pair.a} parts={parts} skip="added" />
        <Side letter="B" id={comparison.b.id} pair={pair} step={pair.b} parts={parts} skip="removed" />
      </div>
    </section>
  );
}

/** As much as came with the comparison, or the whole where that was cut. */
function useAnswer(id: string, path: string, step: ComparedPair['a']): string | undefined {
  const isWhole = step === null || (step.answer !== null && !step.isCut);
  const detail = useQuery({
    ...trpc.simulations.step.queryOptions({ id, path }),
    enabled: !isWhole,
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (isWhole) return step?.answer ?? '';
  return detail.data ? (detail.data.answer ?? '') : (step.answer ?? undefined);
}

interface SideProps {
  readonly letter: 'A' | 'B';
  readonly id: string;
  readonly pair: ComparedPair;
  readonly step: ComparedPair['a'];
  readonly parts: readonly DiffPart[];
  readonly skip: DiffPart['kind'];
}

function Side({ letter, id, pair, step, parts, skip }: SideProps) {
  return (
    <article className={styles.answer}>
      <header>
        <i>{letter}</i>
        <span className="mono muted">{step ? figuresOf(step) : 'not there'}</span>
        {step && <Link to={`/simulations/${id}?step=${encodeURIComponent(pair.path)}`}>Open</Link>}
      </header>
      <p className={styles.text}>
        {step === null && <span className="faint">This step is not in {letter}.</span>}
        {parts
          .filter(({ kind }) => kind !== skip)
          .map(({ kind, text }, place) => {
            const key = `${place} ${kind}`;
            if (kind === 'removed') return <del key={key}>{text}</del>;
            if (kind === 'added') return <ins key={key}>{text}</ins>;
            return <span key={key}>{text}</span>;
          })}
        {step && parts.length === 0 && <span className="faint">{emptyWords(step)}</span>}
      </p>
    </article>
  );
}

const emptyWords = ({ kind }: NonNullable<ComparedPair['a']>): string =>
  kind === 'model' ? 'No words here: it reached for its tools.' : 'An empty answer.';

function figuresOf(step: NonNullable<ComparedPair['a']>): string {
  const { model, tool, durationMs, outputTokens, costMicros, reusedFrom, edited } = step;
  const parts = [
    model ? (splitModel(model)?.model ?? model) : tool,
    reusedFrom && 'reused',
    edited && 'in own words',
    durationMs !== null && formatDuration(durationMs),
    outputTokens !== null && `${formatCount(outputTokens)} tokens`,
    durationMs !== null && model && formatMoney(costMicros),
  ];
  return parts.filter(Boolean).join(' · ');
}
