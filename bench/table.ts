import type { Hold, Summary } from './statistics.ts';

export interface TableRow {
  readonly what: string;
  readonly unit: string;
  readonly hold: Hold;
  readonly summary: Summary;
}

const HEAD = ['what', 'measured', 'baseline', 'ratio', 'hold', 'ok'] as const;

/** A table in Markdown, with columns as wide as their widest cell. */
export function renderTable(rows: readonly TableRow[]): string {
  const cells = [HEAD, ...rows.map(cellsOf)];
  const widths = HEAD.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    `| ${widths.map((width, column) => pad(row[column] ?? '', width, column)).join(' | ')} |`;
  const rule = widths.map((width, column) =>
    isText(column) ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`,
  );
  return [line(HEAD), line(rule), ...cells.slice(1).map(line)].join('\n');
}

const isText = (column: number) => column === 0;

const pad = (text: string, width: number, column: number) =>
  isText(column) ? text.padEnd(width) : text.padStart(width);

function cellsOf({ what, unit, hold, summary }: TableRow): readonly string[] {
  const { measured, baseline, ratio, isHeld } = summary;
  return [
    what,
    `${figure(measured)} ${unit}`,
    baseline === null ? '–' : `${figure(baseline)} ${unit}`,
    ratio === null ? '–' : ratio.toFixed(2),
    boundOf(hold, unit),
    isHeld ? 'yes' : 'NO',
  ];
}

function boundOf({ of, atMost, atLeast }: Hold, unit: string): string {
  const bound = atMost === undefined ? `>= ${atLeast}` : `<= ${atMost}`;
  return of === 'ratio' ? bound : `${bound} ${unit}`;
}

/** Three digits, or all that stand before the point. */
export function figure(value: number): string {
  if (value === 0 || Math.abs(value) >= 100) return String(Math.round(value));
  return Number(value.toPrecision(3)).toString();
}
