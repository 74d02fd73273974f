import { useMutation } from '@tanstack/react-query';
import { startAnew } from '../../session.ts';
import { trpc } from '../../trpc.ts';
import { ConfirmLinkPage } from './ConfirmLinkPage.tsx';
import { useLinkToken } from './useLinkToken.ts';

/** Where the link leads that was mailed to the old address of an account. */
export function UndoEmailPage() {
  const token = useLinkToken();
  const undo = useMutation(trpc.users.undoEmail.mutationOptions({ onSuccess: startAnew }));
  return (
    <ConfirmLinkPage
      face="Locksmith"
      token={token}
      link={undo}
      ask={{
        title: 'Take your account back?',
        text: 'It gets this address again, everybody is signed out, and its password works no more: we mail you a link to choose another.',
        button: 'Take it back',
      }}
      done={{
        title: 'The account is yours again',
        text: 'Everybody is signed out. Choose a new password by the link that we just mailed to you.',
      }}
      old="It was used, or it is older than 7 days. If somebody has your account, tell whoever runs this server."
    />
  );
}
