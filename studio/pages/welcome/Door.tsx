import { Link } from 'react-router';
import { AccountForm } from './AccountForm.tsx';
import styles from './Door.module.css';
import { GuestDoor } from './GuestDoor.tsx';

interface DoorProps {
  readonly form: 'login' | 'signup';
  /** A guest who signs up keeps what they made. */
  readonly isGuest: boolean;
  readonly isHome: boolean;
}

/** The ways in: at once as a guest, or with an account. */
export function Door({ form, isGuest, isHome }: DoorProps) {
  const account = <AccountForm form={form} isGuest={isGuest} isMain={!isHome} />;
  if (isGuest) {
    return (
      <section className={styles.door}>
        {account}
        <Link to="/crews">Back to your crews</Link>
      </section>
    );
  }
  return (
    <section className={styles.door}>
      {isHome && <GuestDoor isMain />}
      {isHome && <Or />}
      {account}
      {form === 'login' && (
        <Link to="/forgot" className={styles.forgot}>
          Forgot your password?
        </Link>
      )}
      {!isHome && <Or />}
      {!isHome && <GuestDoor isMain={false} />}
      <OtherForm form={form} />
    </section>
  );
}

const Or = () => <span className={styles.or}>or</span>;

const OtherForm = ({ form }: Pick<DoorProps, 'form'>) => (
  <p className="muted">
    {form === 'signup' ? 'You have an account? ' : 'New here? '}
    {form === 'signup' ? <Link to="/login">Log in</Link> : <Link to="/signup">Sign up</Link>}
  </p>
);
