import { Button } from '@mui/material';
import { useState } from 'react';
import { Field } from '../ui/Field.tsx';
import { TextArea } from '../ui/TextInput.tsx';
import styles from './Question.module.css';
import { type Question, useAnswer } from './useQuestion.ts';

/** What can be answered, as large buttons, with room for words where they are asked for. */
export function QuestionForm({ question }: { readonly question: Question }) {
  const answer = useAnswer();
  const [text, setText] = useState('');
  const { id: requestId, simulationId: id, kind } = question;
  const takesText = kind !== 'approval' || question.asksForText;
  const send = (outcome?: string, said = text.trim()) =>
    answer.mutate({ id, requestId, ...(outcome !== undefined && { outcome }), ...(said && { text: said }) });
  return (
    <form className={styles.form} onSubmit={(event) => event.preventDefault()}>
      {takesText && (
        <Field label={LABELS[kind]}>
          <TextArea
            rows={3}
            maxLength={100_000}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        </Field>
      )}
      <div className={styles.outcomes}>
        {choicesOf(question, text.trim()).map(({ label, hint, outcome, isFirst, isOff, isBare }) => (
          <Button
            key={label}
            size="large"
            variant={isFirst ? 'contained' : 'outlined'}
            color={isFirst ? 'primary' : 'inherit'}
            disabled={isOff || answer.isPending}
            onClick={() => send(outcome, isBare ? '' : undefined)}
          >
            <span>
              {label}
              {hint && <small>{hint}</small>}
            </span>
          </Button>
        ))}
      </div>
    </form>
  );
}

const LABELS = {
  approval: 'Comment',
  feedback: 'What should change',
  question: 'Your answer',
} as const;

interface Choice {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly outcome?: string;
  readonly isFirst: boolean;
  readonly isOff: boolean;
  /** Sent without the text. */
  readonly isBare?: boolean;
}

function choicesOf({ kind, outcomes }: Question, text: string): readonly Choice[] {
  switch (kind) {
    case 'approval':
      return outcomes.map(({ name, description }, place) => ({
        label: name,
        hint: description,
        outcome: name,
        isFirst: place === 0,
        isOff: false,
      }));
    case 'feedback':
      return [
        { label: 'Good as it is', isFirst: text === '', isOff: text !== '', isBare: true },
        { label: 'Send back', isFirst: text !== '', isOff: text === '' },
      ];
    case 'question':
      return [{ label: 'Send answer', isFirst: true, isOff: text === '' }];
  }
}
