import type { inferRouterOutputs } from '@trpc/server';
import type { ReactNode } from 'react';
import type { AppRouter } from '#api/router.ts';
import { Chip } from '../../ui/Chip.tsx';
import { formatCount, formatDuration, formatMoney } from '../../ui/formats.ts';
import { isDemo } from '../Figures.tsx';
import styles from './StepPanel.module.css';

export type StepDetail = inferRouterOutputs<AppRouter>['simulations']['step'];

export function StepFigures({ step }: { readonly step: StepDetail }) {
  const { model, tool, startedAt, endedAt, attempt, inputTokens, outputTokens, costMicros } = step;
  const time = endedAt ? formatDuration(Date.parse(endedAt) - Date.parse(startedAt)) : 'at work';
  return (
    <>
      <dl className={styles.figures}>
        {model && <Row name="Model">{model}</Row>}
        {tool && <Row name="Tool">{tool}</Row>}
        <Row name="Time">
          {time} · attempt {attempt}
        </Row>
        {inputTokens !== null && (
          <Row name="Tokens">
            {formatCount(inputTokens)} in · {formatCount(outputTokens ?? 0)} out
          </Row>
        )}
        {model && endedAt && <Row name="Cost">{formatMoney(costMicros)}</Row>}
        {step.reusedFrom && <Row name="Reused from">{step.reusedFrom}</Row>}
      </dl>
      {model && isDemo(model) && <Chip tone="info">Demo model: a stand-in, no AI</Chip>}
    </>
  );
}

const Row = ({ name, children }: { readonly name: string; readonly children: ReactNode }) => (
  <div>
    <dt>{name}</dt>
    <dd className="mono">{children}</dd>
  </div>
);
