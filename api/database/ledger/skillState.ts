import { createHash } from 'node:crypto';
import { canonicalJson } from '#workflows/graph/canonicalJson.ts';
import { loadableSkills } from '#workflows/graph/crewSkills.ts';
import type { Skill } from '#workflows/graph/skill.ts';

/**
 * Stands for the skills that an agent may ask for, in the hash of a call that asks for one: a fork whose skills say
 * something else reads them anew.
 */
export const skillState = (skills: readonly Skill[]): string =>
  createHash('sha256')
    .update(canonicalJson(loadableSkills(skills)))
    .digest('base64url');
