import { Button } from '@mui/material';
import { useMutation } from '@tanstack/react-query';
import { LetterSheet } from '../mails/LetterSheet.tsx';
import { problemOf } from '../problem.ts';
import { useAccount } from '../session.ts';
import { queryClient, trpc } from '../trpc.ts';
import { toast } from '../ui/toasts.ts';

/** Has the mail sent again that confirms one's address. */
export function SendAgain({ isSmall = false }: { readonly isSmall?: boolean }) {
  const send = useMutation(
    trpc.users.sendVerification.mutationOptions({
      async onSuccess({ isSent }) {
        toast({ text: isSent ? 'The mail is on its way.' : 'Your address is confirmed already.' });
        await queryClient.invalidateQueries({ queryKey: trpc.mails.letters.queryKey() });
        if (!isSent) await queryClient.invalidateQueries({ queryKey: trpc.users.me.queryKey() });
      },
      onError: (error) => toast({ text: problemOf(error).message, tone: 'fail' }),
    }),
  );
  const email = useAccount().data?.user.email ?? undefined;
  return (
    <>
      <Button
        size={isSmall ? 'small' : 'medium'}
        disabled={send.isPending}
        onClick={() => send.mutate(undefined)}
      >
        Send again
      </Button>
      <LetterSheet to={email} isSmall={isSmall} />
    </>
  );
}
