import { Button } from '@mui/material';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { problemOf } from '../../problem.ts';
import { trpc } from '../../trpc.ts';
import { Field } from '../../ui/Field.tsx';
import { TextInput } from '../../ui/TextInput.tsx';
import styles from './SearchTrial.module.css';
import type { Knowledge, Passages } from './useKnowledge.ts';

/** What an agent would be told for a question, with the score of each passage. */
export function SearchTrial({ base }: { readonly base: Knowledge }) {
  const [query, setQuery] = useState('');
  const search = useMutation(trpc.knowledge.search.mutationOptions());
  const isReady = base.sources.ready > 0;
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (query.trim() !== '') search.mutate({ id: base.id, query });
  };
  return (
    <section className={styles.trial} aria-label="Try a search">
      <form onSubmit={handleSubmit}>
        <Field
          label="Try a search"
          hint={isReady ? 'What an agent would be told for this.' : 'As soon as a source is ready.'}
        >
          <TextInput
            value={query}
            maxLength={2_000}
            placeholder="What is the deposit?"
            disabled={!isReady}
            onChange={(event) => setQuery(event.target.value)}
          />
        </Field>
        <Button
          type="submit"
          variant="contained"
          color="primary"
          disabled={!isReady || query.trim() === '' || search.isPending}
        >
          Search
        </Button>
      </form>
      <div aria-live="polite" aria-busy={search.isPending}>
        {search.isPending && <p className="muted">Looking it up</p>}
        {search.isError && (
          <p role="alert" className={styles.problem}>
            {problemOf(search.error).message}
          </p>
        )}
        {search.isSuccess && <Found found={search.data} />}
      </div>
    </section>
  );
}

function Found({ found: { items, foundBy, notice } }: { readonly found: Passages }) {
  return (
    <>
      {notice && <p className={styles.notice}>{notice} So it was looked up by words alone.</p>}
      {items.length === 0 ? (
        <p className="muted">
          Nothing fits{foundBy === 'meaning' ? ' well enough (a score of 0.6)' : ''}. An agent would be told
          nothing.
        </p>
      ) : (
        <ol className={styles.list}>
          {items.map((passage) => (
            <Passage key={`${passage.sourceId} ${passage.number}`} passage={passage} />
          ))}
        </ol>
      )}
    </>
  );
}

function Passage({ passage }: { readonly passage: Passages['items'][number] }) {
  const { source, number, text, score, meaning, words } = passage;
  const parts = [...(meaning === null ? [] : [`meaning ${meaning.toFixed(2)}`]), `words ${words.toFixed(2)}`];
  return (
    <li className={styles.passage} data-testid="passage">
      <header>
        <b>{source}</b>
        <span className="muted">passage {number}</span>
        <span className="grow" />
        <span className={styles.score} title={parts.join(', ')}>
          {score.toFixed(2)}
        </span>
      </header>
      <meter min={0} max={1} value={score} aria-label={`Score ${score.toFixed(2)}: ${parts.join(', ')}`} />
      <p>{text}</p>
    </li>
  );
}
