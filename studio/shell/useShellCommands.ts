import { CircleHelp, Moon, Play, Search, Sun, UserRound, Users } from 'lucide-react';
import { useNavigate } from 'react-router';
import { useThemeChoice } from '../theme/themeChoice.ts';
import { useCommands } from '../ui/commands.ts';
import { openFinder, openHelp } from './finder.ts';

/** What can be done on every page. */
export function useShellCommands(): void {
  const navigate = useNavigate();
  const choose = useThemeChoice((state) => state.choose);
  const goTo = (path: string) => () => {
    Promise.resolve(navigate(path)).catch(() => undefined);
  };
  useCommands('shell', () => [
    {
      id: 'find',
      title: 'Find anything',
      group: 'Troupe',
      icon: Search,
      keys: ['Mod+K'],
      worksWhileWriting: true,
      run: openFinder,
    },
    { id: 'help', title: 'Show all keys', group: 'Troupe', icon: CircleHelp, keys: ['?'], run: openHelp },
    { id: 'crews', title: 'Go to crews', group: 'Troupe', icon: Users, run: goTo('/crews') },
    { id: 'agents', title: 'Go to agents', group: 'Troupe', icon: UserRound, run: goTo('/agents') },
    { id: 'simulations', title: 'Go to simulations', group: 'Troupe', icon: Play, run: goTo('/simulations') },
    { id: 'light', title: 'Light theme', group: 'Troupe', icon: Sun, run: () => choose('light') },
    { id: 'dark', title: 'Dark theme', group: 'Troupe', icon: Moon, run: () => choose('dark') },
  ]);
}
