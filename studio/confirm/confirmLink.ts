import type { TRPCClientError, TRPCLink } from '@trpc/client';
import { observable, type Unsubscribable } from '@trpc/server/observable';
import type { AppRouter } from '#api/router.ts';
import { problemOf } from '../problem.ts';
import { askForPassword } from './confirmation.ts';

/** A call that is refused because the password was given too long ago asks for it, and is then sent again. */
export const confirmLink: TRPCLink<AppRouter> =
  () =>
  ({ op, next }) =>
    observable((observer) => {
      let sent: Unsubscribable;
      let isLeft = false;
      const confirm = async (refused: TRPCClientError<AppRouter>) => {
        const isGiven = await askForPassword();
        if (isLeft) return;
        if (isGiven) send();
        else observer.error(refused);
      };
      const send = () => {
        sent = next(op).subscribe({
          next: (value) => observer.next(value),
          complete: () => observer.complete(),
          error: (error) => {
            if (problemOf(error).code === 'session.notRecent') void confirm(error);
            else observer.error(error);
          },
        });
      };
      send();
      return () => {
        isLeft = true;
        sent.unsubscribe();
      };
    });
