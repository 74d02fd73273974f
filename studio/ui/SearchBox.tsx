import { Search } from 'lucide-react';
import { useState } from 'react';
import styles from './SearchBox.module.css';

interface SearchBoxProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (text: string) => void;
}

/** What is typed stands there at once: the value often lies in the address, which is written a moment later. */
export function SearchBox({ label, value, onChange }: SearchBoxProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const handleType = (text: string) => {
    setTyped(text);
    onChange(text);
  };
  return (
    <label className={styles.box}>
      <Search aria-hidden />
      <input
        type="search"
        aria-label={label}
        placeholder={label}
        value={typed ?? value}
        onChange={(event) => handleType(event.target.value)}
        onBlur={() => setTyped(null)}
      />
    </label>
  );
}
