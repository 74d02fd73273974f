import { currentTimeArguments, currentTime as declaration } from '#workflows/catalogue/dataTools.ts';
import { type Tool, ToolProblem } from './Tool.ts';

function formatter(timeZone: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat('en-GB', {
      timeZone,
      weekday: 'long',
      day: 'numeric',
      month: 'long',
      year: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
      timeZoneName: 'longOffset',
    });
  } catch {
    throw new ToolProblem(`"${timeZone}" is not a time zone. Use an IANA name such as "Europe/Berlin".`);
  }
}

/** For example `Tuesday, 24 November 2026, 08:55:10 (Europe/Berlin, GMT+01:00)`. */
export function tellTime(now: Date, timeZone: string): string {
  const parts = new Map(
    formatter(timeZone)
      .formatToParts(now)
      .map(({ type, value }) => [type, value]),
  );
  const of = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? '';
  const date = `${of('weekday')}, ${of('day')} ${of('month')} ${of('year')}`;
  const time = `${of('hour')}:${of('minute')}:${of('second')}`;
  const offset = of('timeZoneName');
  return `${date}, ${time} (${offset === timeZone || timeZone === 'UTC' ? timeZone : `${timeZone}, ${offset}`})`;
}

export const currentTime: Tool = {
  declaration,
  async run(args, { now }) {
    const { timeZone = 'UTC' } = currentTimeArguments.parse(args);
    return tellTime(now, timeZone);
  },
};
