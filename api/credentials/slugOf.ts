import type { Transaction } from 'sequelize';
import { Credential } from '../database/models/Credential.ts';

const LONGEST = 40;

/** A name's letters and digits, for the middle of models' names. */
const plain = (name: string): string =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, LONGEST) || 'server';

/** One that nobody else in the workspace has: `local`, then `local-2`. Two at the same moment meet the index. */
export async function slugOf(name: string, workspaceId: string, transaction: Transaction): Promise<string> {
  const wanted = plain(name);
  const rows = await Credential.findAll({ where: { workspaceId }, attributes: ['slug'], transaction });
  const taken = new Set(rows.map((row) => row.slug));
  for (let number = 1; ; number += 1) {
    const slug = number === 1 ? wanted : `${wanted}-${number}`;
    if (!taken.has(slug)) return slug;
  }
}
