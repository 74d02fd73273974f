import type { Refusal } from '#workflows/graph/connect.ts';
import { toast } from '../../ui/toasts.ts';

/** Nothing is refused silently: the sentence is shown and said. */
export const refuse = ({ message }: Refusal): void => toast({ text: message, tone: 'fail' });
