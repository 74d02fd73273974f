import { CREDENTIAL_KINDS, type CredentialProvider, kindOf } from '#workflows/catalogue/credentials.ts';
import { Field } from '../../../ui/Field.tsx';
import { Select, TextInput } from '../../../ui/TextInput.tsx';
import { useMay } from '../../../workspace/useWorkspace.ts';
import type { CredentialDraft } from './credentialDraft.ts';
import { EmbeddingField } from './EmbeddingField.tsx';
import { GrantFields } from './GrantFields.tsx';
import { PlaceFields } from './PlaceFields.tsx';
import { SecretField } from './SecretField.tsx';

export interface DraftProps {
  readonly draft: CredentialDraft;
  readonly onChange: (change: Partial<CredentialDraft>) => void;
  readonly problems: ReadonlyMap<string, string>;
}

interface CredentialFieldsProps extends DraftProps {
  readonly isNew: boolean;
  readonly needsSecret: boolean;
}

export function CredentialFields({ isNew, needsSecret, ...props }: CredentialFieldsProps) {
  const { draft, onChange, problems } = props;
  const kind = kindOf(draft.provider);
  return (
    <>
      {isNew && <KindField {...props} />}
      <Field label="Name" problem={problems.get('name') ?? problems.get('')}>
        <TextInput
          value={draft.name}
          maxLength={120}
          autoComplete="off"
          placeholder={`Our ${kind.title} key`}
          onChange={(event) => onChange({ name: event.target.value })}
        />
      </Field>
      <PlaceFields {...props} />
      {needsSecret && (
        <SecretField
          label={kind.secretTitle}
          value={draft.secret}
          onChange={(secret) => onChange({ secret })}
          problem={problems.get('secret')}
          {...(!isNew && {
            hint: 'It goes to another address now. Enter it again, or it is erased when you save.',
          })}
        />
      )}
      {isNew && <OwnerField {...props} />}
      <GrantFields {...props} />
      <EmbeddingField {...props} />
    </>
  );
}

const GROUPS = [
  ['models', 'Models'],
  ['search', 'Web search'],
  ['tools', 'Tools'],
] as const;

function KindField({ draft, onChange, problems }: DraftProps) {
  return (
    <Field label="For" hint={kindOf(draft.provider).purpose} problem={problems.get('provider')}>
      <Select
        value={draft.provider}
        onChange={(event) => onChange({ provider: providerOf(event.target.value) })}
      >
        {GROUPS.map(([group, title]) => (
          <optgroup key={group} label={title}>
            {CREDENTIAL_KINDS.filter((kind) => kind.group === group).map((kind) => (
              <option key={kind.provider} value={kind.provider}>
                {kind.title}
              </option>
            ))}
          </optgroup>
        ))}
      </Select>
    </Field>
  );
}

const providerOf = (value: string): CredentialProvider =>
  CREDENTIAL_KINDS.find(({ provider }) => provider === value)?.provider ?? 'openai';

function OwnerField({ draft, onChange }: DraftProps) {
  const mayEdit = useMay('edit');
  return (
    <Field
      label="Whose"
      hint={
        draft.owner === 'me'
          ? 'Only you see it, and it works only in simulations that you start.'
          : 'It works in what everybody in this workspace starts.'
      }
    >
      <Select
        value={draft.owner}
        onChange={(event) => onChange({ owner: event.target.value === 'me' ? 'me' : 'workspace' })}
      >
        {(mayEdit || draft.owner === 'workspace') && <option value="workspace">The workspace’s</option>}
        <option value="me">Only mine</option>
      </Select>
    </Field>
  );
}
