import { kindOf } from '#workflows/catalogue/credentials.ts';
import { Field } from '../../../ui/Field.tsx';
import { TextInput } from '../../../ui/TextInput.tsx';
import type { DraftProps } from './CredentialFields.tsx';

/** Which model reads documents and memories with this key. Only what everybody shares can. */
export function EmbeddingField({ draft, onChange, problems }: DraftProps) {
  const { embedsWith } = kindOf(draft.provider);
  if (embedsWith === undefined || draft.owner === 'me' || !draft.allCrews) return null;
  return (
    <Field
      label="Embedding model"
      hint={
        embedsWith === ''
          ? 'Documents and memories are found by their meaning with it. Empty: by their words.'
          : 'Documents and memories are sent to it and found by their meaning. Write none to use words alone.'
      }
      problem={problems.get('embeddingModel')}
    >
      <TextInput
        value={draft.embeddingModel}
        maxLength={200}
        autoComplete="off"
        spellCheck={false}
        placeholder={embedsWith || 'nomic-embed-text'}
        onChange={(event) => onChange({ embeddingModel: event.target.value })}
      />
    </Field>
  );
}
