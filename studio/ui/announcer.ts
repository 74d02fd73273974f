import { create } from 'zustand';

interface Announcement {
  readonly text: string;
  readonly count: number;
}

export const useAnnouncement = create<Announcement>()(() => ({ text: '', count: 0 }));

/** Says a sentence to people who listen to the page. The same sentence twice is said twice. */
export const announce = (text: string): void =>
  useAnnouncement.setState(({ count }) => ({ text, count: count + 1 }));
