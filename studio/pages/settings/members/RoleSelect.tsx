import { Select } from '../../../ui/TextInput.tsx';
import { ROLE_NAMES, type Role } from '../../../workspace/useWorkspace.ts';
import styles from './MembersPage.module.css';

interface RoleSelectProps {
  readonly label: string;
  readonly value: Role;
  readonly isDisabled: boolean;
  readonly onChange: (role: Role) => void;
}

export const RoleSelect = ({ label, value, isDisabled, onChange }: RoleSelectProps) => (
  <Select
    className={styles.role}
    aria-label={label}
    value={value}
    disabled={isDisabled}
    onChange={(event) => {
      const role = ROLES.find((each) => each === event.target.value);
      if (role) onChange(role);
    }}
  >
    {ROLES.map((role) => (
      <option key={role} value={role}>
        {ROLE_NAMES[role]}
      </option>
    ))}
  </Select>
);

export const ROLES: readonly Role[] = ['viewer', 'runner', 'editor', 'owner'];
