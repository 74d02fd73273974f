import type { inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '#api/router.ts';
import { findModel, splitModel } from '#workflows/catalogue/models.ts';

export type ModelOffer = inferRouterOutputs<AppRouter>['models']['list'];
export type OfferedModel = ModelOffer['items'][number];

export interface ModelGroup {
  readonly group: string;
  readonly models: readonly OfferedModel[];
}

/** What can be used, by whose it is, in the order of the catalogue. */
export function groupsOf({ items }: ModelOffer): ModelGroup[] {
  const groups = new Map<string, OfferedModel[]>();
  for (const model of items) {
    if (model.usable) groups.set(model.group, [...(groups.get(model.group) ?? []), model]);
  }
  return [...groups].map(([group, models]) => ({ group, models }));
}

/** `OpenAI and Anthropic need a key`; empty when everything can be used. */
export function needKeys({ items }: ModelOffer): string {
  const names = [...new Set(items.filter(({ usable }) => !usable).map(({ group }) => group))];
  if (names.length === 0) return '';
  return `${names.join(' and ')} ${names.length === 1 ? 'needs' : 'need'} a key`;
}

/** Whose key is missing for a model, if one is. Of a name that nobody knows nothing is said: the check of the crew does. */
export function keyOf(offer: ModelOffer, name: string): string | null {
  const wanted = splitModel(name);
  if (!wanted || wanted.provider === 'demo') return null;
  if (wanted.provider === 'custom') {
    const isThere = offer.servers.some(({ prefix }) => prefix === `custom/${wanted.server}/`);
    return isThere ? null : `The server “${wanted.server}”`;
  }
  const ofProvider = offer.items.filter(({ provider }) => provider === wanted.provider);
  return ofProvider.some(({ usable }) => usable) ? null : (ofProvider[0]?.group ?? null);
}

const MICROS = 1_000_000;

/** For a million tokens in and out. */
export function priceInWords({ defaultModel }: ModelOffer, name: string): string {
  const price = findModel(name === '' ? defaultModel : name)?.price;
  if (!price) return '';
  if (price.input + price.output === 0) return 'free';
  return `$${price.input / MICROS} in, $${price.output / MICROS} out`;
}
