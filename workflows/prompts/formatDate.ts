const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const DAY_MS = 86_400_000;

const two = (value: number) => String(value).padStart(2, '0');
const hour12 = (date: Date) => date.getUTCHours() % 12 || 12;
const dayOfYear = (date: Date) =>
  Math.floor((date.getTime() - Date.UTC(date.getUTCFullYear(), 0, 1)) / DAY_MS) + 1;

const DIRECTIVES: ReadonlyMap<string, (date: Date) => string> = new Map<string, (date: Date) => string>([
  ['Y', (date) => String(date.getUTCFullYear())],
  ['y', (date) => two(date.getUTCFullYear() % 100)],
  ['m', (date) => two(date.getUTCMonth() + 1)],
  ['d', (date) => two(date.getUTCDate())],
  ['H', (date) => two(date.getUTCHours())],
  ['I', (date) => two(hour12(date))],
  ['M', (date) => two(date.getUTCMinutes())],
  ['S', (date) => two(date.getUTCSeconds())],
  ['p', (date) => (date.getUTCHours() < 12 ? 'AM' : 'PM')],
  ['B', (date) => MONTHS[date.getUTCMonth()] ?? ''],
  ['b', (date) => (MONTHS[date.getUTCMonth()] ?? '').slice(0, 3)],
  ['A', (date) => DAYS[date.getUTCDay()] ?? ''],
  ['a', (date) => (DAYS[date.getUTCDay()] ?? '').slice(0, 3)],
  ['w', (date) => String(date.getUTCDay())],
  ['j', (date) => String(dayOfYear(date)).padStart(3, '0')],
  ['Z', () => 'UTC'],
  ['z', () => '+0000'],
  ['%', () => '%'],
]);

/** As Python's strftime, in UTC and English. `%-d` leaves out the zero in front; what is not known stays as it is. */
export const formatDate = (date: Date, format: string): string =>
  format.replace(/%(-?)([A-Za-z%])/g, (whole, bare: string, name: string) => {
    const text = DIRECTIVES.get(name)?.(date);
    if (text === undefined) return whole;
    return bare ? text.replace(/^0+(?=\d)/, '') : text;
  });
