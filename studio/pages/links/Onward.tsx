import { Button } from '@mui/material';
import { Link } from 'react-router';
import { useAccount } from '../../session.ts';

/** Into the house for whoever is signed in, to the door for all others: no link signs anybody in. */
export function Onward() {
  const isSignedIn = Boolean(useAccount().data);
  return (
    <Button
      component={Link}
      to={isSignedIn ? '/crews' : '/login'}
      size="large"
      variant="contained"
      color="primary"
    >
      {isSignedIn ? 'To your crews' : 'Log in'}
    </Button>
  );
}
