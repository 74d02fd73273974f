import { Button } from '@mui/material';
import { Link } from 'react-router';
import { Screen } from '../ui/Screen.tsx';

export const NotFoundPage = () => (
  <Screen
    face="Banker"
    index={4}
    title="Nobody is on this stage"
    action={
      <Button component={Link} to="/crews" variant="contained" color="primary">
        Back to your crews
      </Button>
    }
  >
    There is no page at this address. It may have moved, or never opened.
  </Screen>
);
