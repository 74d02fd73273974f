import type { ReactNode } from 'react';
import { type OwnWorkspace, useMay } from './useWorkspace.ts';

interface MayProps {
  readonly action: OwnWorkspace['allows'][number];
  readonly children: ReactNode;
  /** In its place for those who may not. */
  readonly otherwise?: ReactNode;
}

/** Offers something to those whose role allows it. */
export const May = ({ action, children, otherwise = null }: MayProps) =>
  useMay(action) ? children : otherwise;
