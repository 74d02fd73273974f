import { Button } from '@mui/material';
import { UserX } from 'lucide-react';
import { useState } from 'react';
import { useAccount } from '../../../session.ts';
import { Card } from '../../../ui/Card.tsx';
import { DeletionDialog } from './DeletionDialog.tsx';

export function DeletionCard() {
  const [isAsking, setIsAsking] = useState(false);
  const user = useAccount().data?.user;
  if (!user) return null;
  return (
    <Card title="Delete your account">
      <p>
        {user.isGuest
          ? 'Everything that you made as a guest is removed at once, for good.'
          : 'You are signed out everywhere, and what you run stops. Everything in your own workspace is removed seven days later; until then a link in a mail brings it back. What you made in a team stays with the team, without your name.'}
      </p>
      <Button variant="outlined" color="error" onClick={() => setIsAsking(true)}>
        <UserX aria-hidden />
        Delete the account
      </Button>
      {isAsking && <DeletionDialog isGuest={user.isGuest} onClose={() => setIsAsking(false)} />}
    </Card>
  );
}
