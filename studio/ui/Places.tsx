import type { LucideIcon } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { NavLink, Outlet, useLocation } from 'react-router';
import { cx } from './cx.ts';
import styles from './Places.module.css';

export interface Place {
  readonly to: string;
  readonly label: string;
  readonly icon: LucideIcon;
}

interface PlaceGroup {
  /** Left out where there is one group alone. */
  readonly title?: string | undefined;
  readonly places: readonly Place[];
}

interface PlacesProps {
  /** What all of these are. */
  readonly label: string;
  readonly groups: readonly PlaceGroup[];
}

/** Pages that belong together: their names on the left, above on a phone, and one of them beside. */
export function Places({ label, groups }: PlacesProps) {
  const nav = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  // On a phone the names are one line that is longer than the screen.
  useEffect(() => {
    const links = [...(nav.current?.querySelectorAll('a') ?? [])];
    const here = links.find((link) => pathname.startsWith(link.pathname));
    here?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [pathname]);
  return (
    <div className={cx('page', styles.layout)}>
      <nav ref={nav} aria-label={label} className={styles.places}>
        {groups.map(({ title, places }) => (
          <Group key={title ?? label} title={title} places={places} />
        ))}
      </nav>
      <div className={styles.place}>
        <Outlet />
      </div>
    </div>
  );
}

const Group = ({ title, places }: PlaceGroup) => (
  <>
    {title && <h2 className={styles.title}>{title}</h2>}
    {places.map(({ to, label, icon: Icon }) => (
      <NavLink key={to} to={to} className={styles.link}>
        <Icon aria-hidden />
        {label}
      </NavLink>
    ))}
  </>
);
