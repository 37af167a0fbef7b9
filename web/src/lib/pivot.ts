// Turns what is given into rows of tables and points of charts. Pure.
import type { LedgerRow, PairedFigure, PersonsRow, RegionalSeries, Series } from './data';

export interface Point {
  day: Date;
  series: string;
  value: number;
  low?: number;
  high?: number;
}

/** A noon of the day in UTC: what charts take as the place on the axis. */
function noon(iso: string): Date {
  return new Date(`${iso.slice(0, 10)}T12:00:00Z`);
}

/** The points of some series of the same dates, in the order asked for; series that are not there are left out. */
export function points(dates: readonly string[], series: readonly Series[], ids: readonly string[]): Point[] {
  return ids.flatMap((id) => {
    const found = series.find((one) => one.id === id);
    if (found === undefined) return [];
    return found.values.slice(0, dates.length).map((value, place) => {
      const low = found.low?.[place];
      const high = found.high?.[place];
      return { day: noon(dates[place]!), series: id, value, ...(low !== undefined && high !== undefined ? { low, high } : {}) };
    });
  });
}

/** A row a date with a column a series and, where it has a band, its two bounds. */
export function withBands(dates: readonly string[], series: readonly Series[], ids: readonly string[]): { heads: [string, 'value' | 'low' | 'high'][]; rows: (string | number | null)[][] } {
  const columns = ids.flatMap((id) => {
    const found = series.find((one) => one.id === id);
    const parts = found?.low !== undefined && found.high !== undefined ? (['value', 'low', 'high'] as const) : (['value'] as const);
    return parts.map((part) => ({ head: [id, part] as [string, 'value' | 'low' | 'high'], values: part === 'value' ? found?.values : found?.[part] }));
  });
  return { heads: columns.map((one) => one.head), rows: dates.map((date, place) => [date, ...columns.map((one) => one.values?.[place] ?? null)]) };
}

/** Which of the series are there and ever above nothing. */
export function present(series: readonly Series[], ids: readonly string[]): string[] {
  return ids.filter((id) => series.some((one) => one.id === id && one.values.some((value) => value > 0)));
}

/** What a region has of a series up to and with a week: the sum of a flow, the value of a stock. */
export function regionAt(series: RegionalSeries, week: number, region: number): number {
  if (series.kind !== 'flow') return series.values[week]?.[region] ?? 0;
  return series.values.slice(0, week + 1).reduce((sum, values) => sum + (values[region] ?? 0), 0);
}

export interface Difference {
  name: string;
  first: number;
  other: number;
  difference: number;
  /** Judged by those of the place who differ: less than twice the square root of their number. */
  chance: boolean;
}

/** Difference of a quantity between two worlds for each region or group. */
export function differences(rows: readonly PersonsRow[], quantity: string, key: 'region' | 'stratum'): Difference[] {
  return rows
    .filter((row) => row.quantity === quantity)
    .map((row) => {
      const difference = row.other_only - row.first_only;
      const apart = row.first_only + row.other_only;
      return {
        name: key === 'region' ? (row.region ?? '') : `${row.stratum_kind}:${row.stratum}`,
        first: row.both + row.first_only,
        other: row.both + row.other_only,
        difference,
        // Where nobody fares otherwise nothing is left to chance.
        chance: apart > 0 && Math.abs(difference) < 2 * Math.sqrt(apart),
      };
    });
}

/** Whether a difference can be told from chance: the program's word if it has one, else twice its standard error. */
export function isNoise(figure: PairedFigure): boolean {
  if (typeof figure.is_within_noise === 'boolean') return figure.is_within_noise;
  const difference = figure.other_only - figure.first_only;
  return figure.standard_error ? Math.abs(difference) < 2 * figure.standard_error : difference === 0;
}

/** The rows of a ledger by indicator, each indicator in the order of days. */
export function byIndicator(rows: readonly LedgerRow[]): Map<string, LedgerRow[]> {
  const groups = new Map<string, LedgerRow[]>();
  for (const row of rows) {
    const group = groups.get(row.indicator);
    if (group === undefined) groups.set(row.indicator, [row]);
    else group.push(row);
  }
  for (const group of groups.values()) group.sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
  return groups;
}

/** The rows of one indicator as a table: a line a place and group, a column a day; the largest at the end first, the whole on top. */
export function acrossDays(rows: readonly LedgerRow[]): { days: string[]; lines: { place: string; group: string; unit: string; values: (number | null)[] }[] } {
  const days = [...new Set(rows.map((row) => row.day))].sort();
  const at = new Map(days.map((day, index) => [day, index]));
  const lines = new Map<string, { place: string; group: string; unit: string; values: (number | null)[] }>();
  for (const row of rows) {
    const key = `${row.place}|${row.group}`;
    let line = lines.get(key);
    if (line === undefined) lines.set(key, (line = { place: row.place, group: row.group, unit: row.unit, values: days.map(() => null) }));
    line.values[at.get(row.day)!] = row.value;
  }
  const last = (line: { values: (number | null)[] }) => line.values.reduce<number>((sum, value) => sum + Math.abs(value ?? 0), 0);
  const whole = (line: { place: string; group: string }) => (line.place === 'all' ? 0 : 1) + (line.group === '' ? 0 : 1);
  return { days, lines: [...lines.values()].sort((a, b) => whole(a) - whole(b) || last(b) - last(a)) };
}

/** Whether a run is but a quick look: it says so, or one synthetic man stands for fifty or more. */
export function isPreview(of: { preview?: boolean; scale?: number }): boolean {
  return of.preview ?? (of.scale ?? 1) <= 0.02;
}
