import type { inferRouterInputs } from '@trpc/server';
import type { AppRouter } from '#api/router.ts';

type VariantChange = inferRouterInputs<AppRouter>['simulations']['startVariants']['variants'][number];

/** A variant as it is written: empty fields stay as they are. */
export interface VariantDraft {
  readonly key: string;
  readonly model: string;
  readonly temperature: string;
  readonly goal: string;
  readonly description: string;
}

export const emptyVariant = (key: string): VariantDraft => ({
  key,
  model: '',
  temperature: '',
  goal: '',
  description: '',
});

/** As many as stand side by side and can still be read. */
export const MOST_VARIANTS = 8;

export function variantChange({ model, temperature, goal, description }: VariantDraft): VariantChange {
  const degrees = Number(temperature);
  const isGiven = temperature.trim() !== '' && degrees >= 0 && degrees <= 2;
  return {
    ...(model.trim() === '' ? {} : { model: model.trim() }),
    ...(isGiven ? { temperature: degrees } : {}),
    ...(goal.trim() === '' ? {} : { agent: { goal: goal.trim() } }),
    ...(description.trim() === '' ? {} : { task: { description: description.trim() } }),
  };
}
