// A life and a case as dated lines to read: rows of one day together, measures that begin alike together. Pure.
import type { LifeRow } from './data';

export interface LifeDay {
  date: string;
  rows: LifeRow[];
}

/** The rows of a life by day. */
export function byDay(rows: readonly LifeRow[]): LifeDay[] {
  const days: LifeDay[] = [];
  for (const row of rows) {
    const last = days.at(-1);
    if (last?.date === row.date) last.rows.push(row);
    else days.push({ date: row.date, rows: [row] });
  }
  return days;
}

export interface Cite {
  article: string;
  paragraph?: string;
}

export interface CaseRow {
  date: string;
  kind: string;
  text: string;
  rule: string | null;
  measures: string[];
  cite: Cite[];
  counting: { anchor_date?: string; n?: number; unit?: string; first?: string; last?: string; effect?: string } | null;
  modality: string;
  given: boolean;
  detail: boolean;
  because: number | null;
  depends_on: string[];
}

export interface CaseLine {
  row: CaseRow;
  /** Texts of measures that begin on the same day, for the same reason and end alike; at least that of `row`. */
  texts: string[];
  cites: string[];
  details: { text: string; cites: string[] }[];
}

export interface CaseDay {
  date: string;
  lines: CaseLine[];
}

/** A citation as people write it: `Article 7.1(1)`. */
export function cited(cite: Cite): string {
  return cite.paragraph ? `${cite.article}(${cite.paragraph})` : cite.article;
}

/** What the page shows of a timeline: a line for what happens, with what belongs to it (how it ends, how to challenge it) below. */
export function caseDays(rows: readonly CaseRow[]): CaseDay[] {
  const days: CaseDay[] = [];
  const alike = new Map<string, CaseLine>();
  rows.forEach((row, index) => {
    const isLine = row.kind === 'measure_starts' || !row.detail;
    if (!isLine) return;
    const details = rows
      .filter((one) => one.detail && one.because === index && one.kind !== 'measure_starts')
      .map((one) => ({ text: one.text, cites: one.cite.map(cited) }));
    const cites = row.cite.map(cited);
    const key = JSON.stringify([row.date, row.kind, row.because, row.depends_on, details]);
    const known = row.kind === 'measure_starts' ? alike.get(key) : undefined;
    if (known) {
      known.texts.push(row.text);
      known.cites = [...new Set([...known.cites, ...cites])];
      return;
    }
    const line = { row, texts: [row.text], cites: [...new Set(cites)], details };
    alike.set(key, line);
    const last = days.at(-1);
    if (last?.date === row.date) last.lines.push(line);
    else days.push({ date: row.date, lines: [line] });
  });
  return days;
}
