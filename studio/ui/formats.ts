const MICROS = 1_000_000;

/** `$0.0021`, with as many digits as say something. Undefined prices are not shown as free. */
export function formatMoney(micros: number | null): string {
  if (micros === null) return 'price unknown';
  const dollars = micros / MICROS;
  if (dollars === 0) return '$0';
  if (dollars < 0.0001) return '< $0.0001';
  const digits = dollars >= 1 ? 2 : dollars >= 0.01 ? 3 : 4;
  return `$${dollars.toFixed(digits)}`;
}

/** `480 ms`, `4.1 s`, `2:07 min`, `1:04:10 h`. */
export function formatDuration(ms: number): string {
  if (ms < 1_000) return `${Math.max(0, Math.round(ms))} ms`;
  if (ms < 60_000) return `${(Math.floor(ms / 100) / 10).toFixed(1)} s`;
  const seconds = Math.floor(ms / 1_000);
  return seconds < 3_600 ? `${clock(seconds)} min` : `${clock(seconds)} h`;
}

const UNITS = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const;

/** `2 days`, `1 hour 30 minutes`: a span that somebody chose, in whole units. */
export function formatSpan(seconds: number): string {
  let left = seconds;
  const parts: string[] = [];
  for (const [unit, size] of UNITS) {
    const count = Math.floor(left / size);
    left -= count * size;
    if (count > 0) parts.push(plural(count, unit));
  }
  return parts.join(' ');
}

const two = (value: number) => String(value).padStart(2, '0');

function clock(seconds: number): string {
  const hours = Math.floor(seconds / 3_600);
  const minutes = Math.floor((seconds % 3_600) / 60);
  const rest = two(seconds % 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${rest}` : `${minutes}:${rest}`;
}

/** `00:14`, as on the run button. */
export function formatClock(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  return seconds < 3_600 ? `${two(Math.floor(seconds / 60))}:${two(seconds % 60)}` : clock(seconds);
}

export const formatCount = (value: number): string => value.toLocaleString('en-US');

/** `1 thing`, `2 things`. */
export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${formatCount(count)} ${count === 1 ? one : many}`;

const TIME = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
const DATE = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium' });
const LONG = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' });

const IN_DAYS = new Intl.DateTimeFormat('en-GB', {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
});

export const formatTime = (at: string): string => TIME.format(new Date(at));
/** `22 Feb 2027`. */
export const formatDate = (at: string): string => DATE.format(new Date(at));
export const formatMoment = (at: string): string => LONG.format(new Date(at));
/** `Thu 26 Nov, 18:27`: what is soon needs neither a year nor seconds. */
export const formatDay = (at: string): string => IN_DAYS.format(new Date(at)).replace(/^(\w+), /, '$1 ');

/** `just now`, `12 min ago`, `today 14:03`, `3 Nov`. */
export function formatWhen(at: string, now = Date.now()): string {
  const date = new Date(at);
  const minutes = Math.floor((now - date.getTime()) / 60_000);
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${minutes} min ago`;
  if (date.toDateString() === new Date(now).toDateString()) return `today ${TIME.format(date)}`;
  return DAY.format(date);
}

export function formatBytes(size: number): string {
  if (size < 1_000) return `${size} B`;
  return size < 1_000_000 ? `${(size / 1_000).toFixed(1)} kB` : `${(size / 1_000_000).toFixed(1)} MB`;
}
