import { Button } from '@mui/material';
import { Link } from 'react-router';
import { useAccount } from '../../../session.ts';
import { TopBar } from '../../../shell/TopBar.tsx';
import { Cards } from '../../../ui/Card.tsx';
import { Screen } from '../../../ui/Screen.tsx';
import { useTitle } from '../../../ui/useTitle.ts';
import { EmailCard } from './EmailCard.tsx';
import { PasswordCard } from './PasswordCard.tsx';
import { ProfileCard } from './ProfileCard.tsx';

/** Who one is here: name and picture, address and password. */
export function AccountPage() {
  useTitle('Your account');
  const user = useAccount().data?.user;
  if (!user) return null;
  return (
    <>
      <TopBar title="Your account" />
      {user.isGuest ? (
        <Screen
          face="Guest"
          index={3}
          title="You are a guest"
          action={
            <Button component={Link} to="/signup" variant="contained" color="primary">
              Sign up and keep your work
            </Button>
          }
        >
          A guest has no address and no password. Sign up, and everything that you made stays yours.
        </Screen>
      ) : (
        <Cards>
          <ProfileCard user={user} />
          <EmailCard user={user} />
          <PasswordCard email={user.email ?? ''} />
        </Cards>
      )}
    </>
  );
}
