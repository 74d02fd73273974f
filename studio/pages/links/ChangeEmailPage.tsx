import { useMutation } from '@tanstack/react-query';
import { startAnew } from '../../session.ts';
import { trpc } from '../../trpc.ts';
import { ConfirmLinkPage } from './ConfirmLinkPage.tsx';
import { useLinkToken } from './useLinkToken.ts';

/** Where the link leads that was mailed to a new address. */
export function ChangeEmailPage() {
  const token = useLinkToken();
  const change = useMutation(trpc.users.changeEmail.mutationOptions({ onSuccess: startAnew }));
  return (
    <ConfirmLinkPage
      face="Postman"
      token={token}
      link={change}
      ask={{
        title: 'Use this address?',
        text: 'From then on you log in with it, and mail for your account comes here. The address before is told.',
        button: 'Use this address',
      }}
      done={{
        title: 'Your address is changed',
        text: 'Log in with the new one from now on. For 7 days a link in a mail to the old one takes it back.',
      }}
      old="It was used, it is older than a day, or a newer one was mailed. Ask for another one in your settings."
    />
  );
}
