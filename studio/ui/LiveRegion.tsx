import { useAnnouncement } from './announcer.ts';

/** Where `announce` is heard. There is one on the page. */
export function LiveRegion() {
  const { text, count } = useAnnouncement();
  return (
    <div className="unseen" aria-live="polite" data-testid="live-region">
      <span key={count}>{text}</span>
    </div>
  );
}
