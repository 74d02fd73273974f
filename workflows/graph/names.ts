import { z } from 'zod';

/**
 * Names that every JavaScript object already has. As a node id or an input name they would reach a prototype
 * wherever a plain object is used as a map, so they are refused at the door.
 */
const INHERITED_NAMES = new Set([...Object.getOwnPropertyNames(Object.prototype), 'prototype']);

export const isInheritedName = (name: string): boolean => INHERITED_NAMES.has(name);

/** Id of a node or an edge: chosen once, never changed, used in step paths and Temporal activity ids. */
export const GraphId = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/, 'Ids are letters, digits, - and _, 64 at most')
  .refine((id) => !isInheritedName(id), 'This name is reserved');
export type GraphId = z.infer<typeof GraphId>;

/** Name of an input as it stands between braces in a text, for example `topic` or `customer_domain`. */
export const InputName = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_-]{0,63}$/, 'Input names are letters, digits, - and _, 64 at most')
  .refine((name) => !isInheritedName(name), 'This name is reserved');
export type InputName = z.infer<typeof InputName>;
