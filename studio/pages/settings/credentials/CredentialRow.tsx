import { Bot, Cable, type LucideIcon, Search } from 'lucide-react';
import { type CredentialKind, kindOf } from '#workflows/catalogue/credentials.ts';
import { Chip } from '../../../ui/Chip.tsx';
import { formatMoment, formatWhen, plural } from '../../../ui/formats.ts';
import { CredentialMenu } from './CredentialMenu.tsx';
import styles from './CredentialsPage.module.css';
import type { Credential } from './useCredentialCommands.ts';

const ICONS: Readonly<Record<CredentialKind['group'], LucideIcon>> = {
  models: Bot,
  search: Search,
  tools: Cable,
};

export function CredentialRow({ credential }: { readonly credential: Credential }) {
  const kind = kindOf(credential.provider);
  const Icon = ICONS[kind.group];
  return (
    <li className={styles.row}>
      <span className={styles.icon}>
        <Icon aria-hidden />
      </span>
      <div className={styles.name}>
        <b>{credential.name}</b>
        <small>
          {kind.title}
          {credential.modelPrefix && (
            <>
              , models named <span className="mono">{credential.modelPrefix}…</span>
            </>
          )}
        </small>
      </div>
      <Origins origins={credential.origins} />
      <div className={styles.chips}>
        {credential.owner === 'me' && <Chip>Only you</Chip>}
        <Chip>{crewsInWords(credential)}</Chip>
      </div>
      <Secret credential={credential} />
      <span className={styles.act}>{credential.canEdit && <CredentialMenu credential={credential} />}</span>
    </li>
  );
}

function crewsInWords({ allCrews, crewIds }: Credential): string {
  if (allCrews) return 'All crews';
  return crewIds.length === 0 ? 'No crew yet' : plural(crewIds.length, 'crew');
}

const Origins = ({ origins }: { readonly origins: readonly string[] }) => (
  <div className={styles.origins}>
    {origins.map((origin) => (
      <span key={origin} className="mono">
        {origin}
      </span>
    ))}
  </div>
);

function Secret({ credential: { hasSecret, lastFour, secretAt } }: { readonly credential: Credential }) {
  if (!hasSecret) return <Chip tone="fail">Enter the secret again</Chip>;
  return (
    <div className={styles.secret}>
      <span className="mono">{lastFour ? `ends with ${lastFour}` : 'hidden'}</span>
      {secretAt && <small title={formatMoment(secretAt)}>entered {formatWhen(secretAt)}</small>}
    </div>
  );
}
