import { Columns2, Network, X } from 'lucide-react';
import { Link } from 'react-router';
import { problemOf } from '../../problem.ts';
import { cx } from '../../ui/cx.ts';
import { formatMoney, formatWhen, plural } from '../../ui/formats.ts';
import { IconAction } from '../../ui/IconAction.tsx';
import { StatusChip } from '../../ui/StatusChip.tsx';
import { VirtualRows } from '../../ui/VirtualRows.tsx';
import { useCompareWith } from '../compare/useCompareWith.ts';
import styles from './FamilyPanel.module.css';
import { type Branch, branchesOf, whatItIs } from './familyTree.ts';
import { type FamilyTree, useFamily } from './useFamily.ts';

interface FamilyPanelProps {
  readonly simulationId: string;
  readonly onClose: () => void;
}

const ROW = 74;

/** What it was forked from, what was forked from it, and what each did otherwise. */
export function FamilyPanel({ simulationId, onClose }: FamilyPanelProps) {
  const family = useFamily(simulationId);
  const branches = family.data ? branchesOf(family.data.items) : [];
  return (
    <aside className={styles.panel} aria-label="Forks" data-testid="family-panel">
      <header className={styles.head}>
        <Network aria-hidden />
        <div className="grow">
          <h2>Forks</h2>
          <small className="muted">
            {family.data && `${plural(branches.length, 'simulation')}${family.data.isCut ? ' and more' : ''}`}
          </small>
        </div>
        <IconAction label="Close the forks" icon={X} size="small" onClick={onClose} />
      </header>
      {family.isPending && <p className={styles.note}>Reading the family</p>}
      {family.isError && (
        <p className={styles.note} role="alert">
          {problemOf(family.error).message}
        </p>
      )}
      {branches[0] && branches[0].member.forkedFrom !== null && !family.data?.isCut && (
        <p className={styles.note}>What the first of these was forked from has been removed since.</p>
      )}
      {branches.length === 1 && (
        <p className={styles.note}>
          Nothing has been forked from this yet. A fork stands below what it comes from.
        </p>
      )}
      {family.data && <Elsewhere tree={family.data} simulationId={simulationId} />}
      <VirtualRows
        label="Family"
        rows={branches}
        rowHeight={ROW}
        keyOf={({ member }) => member.id}
        render={(branch) => <Member branch={branch} simulationId={simulationId} />}
      />
    </aside>
  );
}

interface ElsewhereProps extends Pick<FamilyPanelProps, 'simulationId'> {
  readonly tree: FamilyTree;
}

/** Where the family goes on in other workspaces that one is a member of. */
function Elsewhere({ tree: { original, copies }, simulationId }: ElsewhereProps) {
  const compareWith = useCompareWith(simulationId);
  const places = [
    ...(original ? [{ ...original, words: `Copied from ${original.workspaceName}` }] : []),
    ...copies.map((copy) => ({
      ...copy,
      words: `Forked into ${copy.workspaceName}, ${plural(copy.forks, 'time')}`,
    })),
  ];
  return places.map(({ simulationId: id, words }) => (
    <p key={id} className={cx(styles.note, styles.elsewhere)}>
      <span className="grow">{words}</span>
      <IconAction label={`Compare: ${words}`} icon={Columns2} size="small" onClick={() => compareWith(id)} />
    </p>
  ));
}

interface MemberProps {
  readonly branch: Branch;
  readonly simulationId: string;
}

// Deeper than this there would be no room for the words.
const MOST_INDENT = 6;

function Member({ branch: { member, depth }, simulationId }: MemberProps) {
  const compareWith = useCompareWith(simulationId);
  const isThis = member.id === simulationId;
  const { id, title, status, by, createdAt, totals } = member;
  const about = [formatMoney(totals.costMicros), formatWhen(createdAt), by].filter(Boolean).join(' · ');
  return (
    <div
      className={cx(styles.member, isThis && styles.current)}
      style={{ '--depth': Math.min(depth, MOST_INDENT) }}
      data-member={id}
      data-first={depth === 0}
    >
      <Link to={`/simulations/${id}`} aria-current={isThis ? 'page' : undefined}>
        <b>{whatItIs(member)}</b>
        <span>{title}</span>
        <small className="mono">{about}</small>
      </Link>
      <StatusChip status={status} />
      {!isThis && (
        <IconAction
          label="Compare with this one"
          icon={Columns2}
          size="small"
          onClick={() => compareWith(id)}
        />
      )}
    </div>
  );
}
