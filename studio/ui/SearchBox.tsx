import { Search } from 'lucide-react';
import styles from './SearchBox.module.css';

interface SearchBoxProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (text: string) => void;
}

export const SearchBox = ({ label, value, onChange }: SearchBoxProps) => (
  <label className={styles.box}>
    <Search aria-hidden />
    <input
      type="search"
      aria-label={label}
      placeholder={label}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  </label>
);
