import { Button } from '@mui/material';
import { LetterSheet } from '../../mails/LetterSheet.tsx';
import { problemOf } from '../../problem.ts';
import { LinkPage } from './LinkPage.tsx';
import { Onward } from './Onward.tsx';

interface ConfirmLinkPageProps {
  readonly face: string;
  readonly ask: { readonly title: string; readonly text: string; readonly button: string };
  readonly done: { readonly title: string; readonly text: string };
  /** Why it may not have worked. */
  readonly old: string;
  readonly token: string;
  readonly link: {
    readonly isPending: boolean;
    readonly isSuccess: boolean;
    readonly error: unknown;
    readonly mutate: (input: { token: string }) => void;
  };
}

/** A link that does something when the button says so, not by looking: programs look at mails as well. */
export function ConfirmLinkPage({ face, ask, done, old, token, link }: ConfirmLinkPageProps) {
  if (link.isSuccess)
    return (
      <LinkPage title={done.title} face={face}>
        <p>{done.text}</p>
        <Onward />
        <LetterSheet />
      </LinkPage>
    );
  const isOld = token === '' || (link.error && problemOf(link.error).code === 'token.invalid');
  if (isOld)
    return (
      <LinkPage title="This link does not work any more" face={face}>
        <p role="alert">{old}</p>
        <Onward />
      </LinkPage>
    );
  return (
    <LinkPage title={ask.title} face={face}>
      <p>{ask.text}</p>
      {link.error ? <p role="alert">{problemOf(link.error).message}</p> : null}
      <Button
        size="large"
        variant="contained"
        color="primary"
        disabled={link.isPending}
        onClick={() => link.mutate({ token })}
      >
        {ask.button}
      </Button>
    </LinkPage>
  );
}
