import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { TopBar } from '../../shell/TopBar.tsx';
import { trpc } from '../../trpc.ts';
import { Choices } from '../../ui/Choices.tsx';
import { formatCount, formatMoney } from '../../ui/formats.ts';
import { useTitle } from '../../ui/useTitle.ts';
import styles from './Admin.module.css';
import { ListBody } from './ListBody.tsx';

const BY = { day: 'By day', model: 'By model', workspace: 'By workspace' } as const;
const HEADS = { day: 'Day', model: 'Model', workspace: 'Workspace' } as const;
const DAYS = { '7': '7 days', '30': '30 days', '365': 'A year' } as const;
const DAY_MS = 86_400_000;

/** Of whole days, so that the same question is asked all day long. */
const daysAgo = (days: number): string =>
  new Date(Math.floor((Date.now() - days * DAY_MS) / DAY_MS) * DAY_MS).toISOString();

/** Calls to models, their tokens and what they cost. */
export function UsagePage() {
  useTitle('Usage');
  const [by, setBy] = useState<keyof typeof BY>('day');
  const [days, setDays] = useState<keyof typeof DAYS>('30');
  const usage = useQuery(trpc.admin.usage.queryOptions({ by, from: daysAgo(Number(days)) }));
  const items = usage.data?.items ?? [];
  return (
    <>
      <TopBar title="Usage" />
      <div className={styles.tools}>
        <Choices label="Over which time" choices={DAYS} chosen={days} onChoose={setDays} />
        <Choices label="Counted by" choices={BY} chosen={by} onChoose={setBy} />
      </div>
      <ListBody
        what="calls"
        query={usage}
        isEmpty={items.length === 0}
        empty="No model was called in this time."
      >
        <div className={styles.tableBox}>
          <table className={styles.table}>
            <thead>
              <tr>
                <th>{HEADS[by]}</th>
                <th>Calls</th>
                <th>Tokens in</th>
                <th>Tokens out</th>
                <th>Cost</th>
              </tr>
            </thead>
            <tbody>
              {items.map(({ key, name, ...used }) => (
                <tr key={key}>
                  <th scope="row">{name || 'deleted workspace'}</th>
                  <Figures used={used} />
                </tr>
              ))}
            </tbody>
            <tfoot>
              <tr>
                <th scope="row">Together</th>
                {usage.data && <Figures used={usage.data.total} />}
              </tr>
            </tfoot>
          </table>
        </div>
      </ListBody>
    </>
  );
}

interface Used {
  readonly calls: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly costMicros: number;
}

const Figures = ({ used }: { readonly used: Used }) => (
  <>
    <td>{formatCount(used.calls)}</td>
    <td>{formatCount(used.inputTokens)}</td>
    <td>{formatCount(used.outputTokens)}</td>
    <td>{formatMoney(used.costMicros)}</td>
  </>
);
