import { kindOf } from '#workflows/catalogue/credentials.ts';
import { Field } from '../../../ui/Field.tsx';
import { TextArea, TextInput } from '../../../ui/TextInput.tsx';
import type { DraftProps } from './CredentialFields.tsx';
import styles from './CredentialsPage.module.css';

/** Where it may be sent, and how. Of a provider's own key there is nothing to say. */
export function PlaceFields(props: DraftProps) {
  const { draft, onChange, problems } = props;
  const { sentTo, origin, example, takesHeader, takesUsername } = kindOf(draft.provider);
  return (
    <>
      {sentTo === 'provider' && (
        <p className={styles.sentTo}>
          Sent to <span className="mono">{origin}</span> and nowhere else.
        </p>
      )}
      {sentTo === 'url' && (
        <Field label="Address" hint="It is sent to this host and nowhere else." problem={problems.get('url')}>
          <TextInput
            value={draft.url}
            inputMode="url"
            maxLength={2_000}
            autoComplete="off"
            spellCheck={false}
            placeholder={example}
            onChange={(event) => onChange({ url: event.target.value })}
          />
        </Field>
      )}
      {sentTo === 'origins' && (
        <Field
          label="Addresses"
          hint="One a line. It is sent to these hosts and nowhere else."
          problem={problems.get('origins')}
        >
          <TextArea
            value={draft.origins}
            rows={2}
            spellCheck={false}
            placeholder="https://api.example.org"
            onChange={(event) => onChange({ origins: event.target.value })}
          />
        </Field>
      )}
      {takesHeader && <HeaderFields {...props} />}
      {takesUsername && (
        <Field label="User name" problem={problems.get('username')}>
          <TextInput
            value={draft.username}
            maxLength={300}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => onChange({ username: event.target.value })}
          />
        </Field>
      )}
    </>
  );
}

const HeaderFields = ({ draft, onChange, problems }: DraftProps) => (
  <div className={styles.pair}>
    <Field label="Header" problem={problems.get('header')}>
      <TextInput
        value={draft.header}
        maxLength={64}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => onChange({ header: event.target.value })}
      />
    </Field>
    <Field label="Before the value" problem={problems.get('prefix')}>
      <TextInput
        value={draft.prefix}
        maxLength={40}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => onChange({ prefix: event.target.value })}
      />
    </Field>
  </div>
);
