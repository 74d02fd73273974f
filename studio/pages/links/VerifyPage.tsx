import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { problemOf } from '../../problem.ts';
import { startAnew, useAccount } from '../../session.ts';
import { SendAgain } from '../../shell/SendAgain.tsx';
import { trpc } from '../../trpc.ts';
import { LinkPage } from './LinkPage.tsx';
import { Onward } from './Onward.tsx';
import { useLinkToken } from './useLinkToken.ts';

/** Where the link leads that confirms an address. Following it is enough. */
export function VerifyPage() {
  const token = useLinkToken();
  const verify = useVerification(token);
  if (verify.isError || token === '') return <NotConfirmed error={verify.error} />;
  if (!verify.isSuccess)
    return (
      <LinkPage title="Confirming your address" face="Postman">
        <p role="status">A moment, please.</p>
      </LinkPage>
    );
  return (
    <LinkPage title="Your address is confirmed" face="Postman">
      <p>From now on you can invite others and share what you made.</p>
      <Onward />
    </LinkPage>
  );
}

/** Sends each token once, however often the page is drawn. */
function useVerification(token: string) {
  const sent = useRef('');
  const verify = useMutation(trpc.users.verify.mutationOptions({ onSuccess: startAnew }));
  const { mutate } = verify;
  useEffect(() => {
    if (token === '' || sent.current === token) return;
    sent.current = token;
    mutate({ token });
  }, [token, mutate]);
  return verify;
}

function NotConfirmed({ error }: { readonly error: unknown }) {
  const user = useAccount().data?.user;
  if (user?.isVerified)
    return (
      <LinkPage title="Your address is confirmed already" face="Postman">
        <p>This link was used before. There is nothing left to do.</p>
        <Onward />
      </LinkPage>
    );
  const isOld = !error || problemOf(error).code === 'token.invalid';
  return (
    <LinkPage title={isOld ? 'This link does not work any more' : 'That did not work'} face="Postman">
      <p role="alert">
        {isOld ? 'It was used, it is older than a day, or a newer one was mailed.' : problemOf(error).message}{' '}
        {user ? 'Have another one mailed to you.' : 'Log in to have another one mailed to you.'}
      </p>
      {user && !user.isGuest ? <SendAgain /> : <Onward />}
    </LinkPage>
  );
}
