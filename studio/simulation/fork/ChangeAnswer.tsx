import { useQuery } from '@tanstack/react-query';
import { Field } from '../../ui/Field.tsx';
import { TextArea } from '../../ui/TextInput.tsx';
import type { SimulationView } from '../data/DataTab.tsx';
import { answerQuery } from '../transcript/answerQuery.ts';
import styles from './ForkPanel.module.css';
import { withText } from './forkDraft.ts';
import { changeFork, useForkDraft } from './forkStore.ts';
import { Section } from './Section.tsx';

interface ChangeAnswerProps {
  readonly view: SimulationView;
  readonly path: string;
}

/** What was said at the step one stands at: asked for once more, or put into one's own words. */
export function ChangeAnswer({ view, path }: ChangeAnswerProps) {
  const draft = useForkDraft(view.id);
  const answer = useQuery(answerQuery(view.id, path));
  const before = answer.data ?? '';
  const isSaid = path in draft.answers;
  return (
    <Section title="This answer" count={isSaid ? 1 : 0} isOpen>
      <label className={styles.check}>
        <input
          type="checkbox"
          checked={draft.isAnew && !isSaid}
          disabled={isSaid}
          onChange={(event) => changeFork(view.id, (from) => ({ ...from, isAnew: event.target.checked }))}
        />
        <span>Ask for it once more</span>
      </label>
      <Field
        label="Or say it in your words"
        hint={isSaid ? 'Costs nothing; what reads it runs again.' : undefined}
      >
        <TextArea
          rows={3}
          value={draft.answers[path] ?? before}
          disabled={answer.isPending}
          maxLength={500_000}
          onChange={({ target: { value } }) =>
            changeFork(view.id, (from) => ({
              ...from,
              answers: withText(from.answers, { name: path, text: value, before }),
            }))
          }
        />
      </Field>
    </Section>
  );
}
