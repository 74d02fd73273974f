import { Places } from '../../ui/Places.tsx';
import { useMay, useWorkspace } from '../../workspace/useWorkspace.ts';
import { ABOUT_WORKSPACE, ABOUT_YOU } from './places.ts';

/** Everything that is set up and then left alone: of the person, and of the workspace they are in. */
export function SettingsLayout() {
  const { name } = useWorkspace();
  const mayManage = useMay('manage');
  const offered = ABOUT_WORKSPACE.filter(({ isForOwners }) => mayManage || !isForOwners);
  return (
    <Places
      label="Settings"
      groups={[
        { title: 'You', places: ABOUT_YOU },
        { title: name, places: offered },
      ]}
    />
  );
}
