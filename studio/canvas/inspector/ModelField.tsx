import { useQuery } from '@tanstack/react-query';
import { useContext, useState } from 'react';
import { useWatch } from 'react-hook-form';
import { Link } from 'react-router';
import type { AgentData } from '#workflows/graph/nodes/agent.ts';
import { trpc } from '../../trpc.ts';
import { Field } from '../../ui/Field.tsx';
import { TextInput } from '../../ui/TextInput.tsx';
import { CrewContext } from '../CrewContext.ts';
import styles from './ModelField.module.css';
import { ModelSelect } from './ModelSelect.tsx';
import { keyOf, type ModelOffer, needKeys, priceInWords } from './modelOffer.ts';
import type { NodeForm } from './useNodeForm.ts';

/** The models that can be used here, and any other by its name; says what needs a key. */
export function ModelField({ form }: { readonly form: NodeForm<typeof AgentData> }) {
  const [isWriting, setIsWriting] = useState(false);
  const name = (useWatch({ control: form.control, name: 'model' }) ?? '').trim();
  const { data: offer } = useModels();
  return (
    <Field
      label="Model"
      aside={<span className="mono faint">{offer && priceInWords(offer, name)}</span>}
      hint={
        <>
          <KeyHint offer={offer} name={name} />
          <button type="button" className={styles.other} onClick={() => setIsWriting(!isWriting)}>
            {isWriting ? 'Choose from the list' : 'Write another name'}
          </button>
        </>
      }
    >
      {isWriting ? (
        <TextInput
          {...form.register('model')}
          placeholder={`${offer?.servers[0]?.prefix ?? 'openai/'}name-of-the-model`}
          autoComplete="off"
          spellCheck={false}
        />
      ) : (
        <ModelSelect field={form.register('model')} offer={offer} name={name} />
      )}
    </Field>
  );
}

/** Of the crew that is on the stage, or of the workspace where there is none. */
function useModels() {
  const crewId = useContext(CrewContext)?.id;
  return useQuery(trpc.models.list.queryOptions(crewId === undefined ? {} : { crewId }));
}

interface KeyHintProps {
  readonly offer: ModelOffer | undefined;
  readonly name: string;
}

function KeyHint({ offer, name }: KeyHintProps) {
  if (!offer) return null;
  const missing = keyOf(offer, name);
  if (missing) {
    return (
      <span className={styles.missing}>
        {missing} needs a key. <Link to="/settings/credentials">Add one</Link>
      </span>
    );
  }
  const others = needKeys(offer);
  if (others === '') return null;
  return (
    <span>
      {others}. <Link to="/settings/credentials">Add one</Link>
    </span>
  );
}
