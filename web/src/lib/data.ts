// What the page is given: the payload of a run or of a comparison, and what the server answers. A joint with the binary;
// what is optional here may be missing and the page copes. It computes nothing.

export interface Provenance {
  command: string;
  inputs: { path: string; sha256: string }[];
  receipt?: unknown;
}

/** Where a number lies over replicates: `min_max` from the least to the greatest, `p2_5_to_p97_5` between those percentiles. */
export interface Interval {
  replicates: number;
  bounds: 'min_max' | 'p2_5_to_p97_5';
  low: number;
  median: number;
  high: number;
}

export interface OverReplicates {
  interval: Interval | null;
  share: Interval | null;
  /** In `replicates` of `of` the number is greater than `bound`. */
  more_than: { bound: number; replicates: number; of: number } | null;
}

export interface HeadlineLine {
  name: string;
  label: string;
  value: number | null;
  unit: string;
  expanded?: number | null;
  share?: number | null;
  part_of?: string | null;
  note?: string | null;
  articles?: string[];
  beside?: string | null;
  over_replicates?: OverReplicates | null;
}

export interface SumRow {
  id?: string;
  label: string;
  value: number;
  unit: string;
  share?: number | null;
}

export interface Series {
  id: string;
  unit: string;
  definition?: string;
  kind?: 'flow' | 'stock';
  of?: string;
  values: number[];
  low?: number[];
  median?: number[];
  high?: number[];
}

export interface RegionalSeries {
  id: string;
  unit: string;
  definition?: string;
  kind?: 'flow' | 'stock';
  /** By week, then by region in the order of `regions`. */
  values: number[][];
}

export interface Stratum {
  indicator: string;
  group: string;
  value: number;
  of: number | null;
  share: number | null;
  ratio: number | null;
}

/** Lengths of the nation; a bucket is a number of days and how many lasted so long. */
export interface DurationTable {
  id: string;
  definition?: string;
  buckets: [number, number][];
  open: number;
  median: number | null;
  p90: number | null;
}

export interface PublishedFigure {
  name: string;
  what: string;
  unit: string;
  role: string;
  verdict: string;
  value: number | null;
  low?: number | null;
  high?: number | null;
  published_low?: number | null;
  published_high?: number | null;
  source?: string;
  reason?: string;
}

export interface Parameter {
  path: string;
  value: unknown;
  unit?: string | null;
  low?: number | null;
  high?: number | null;
  source?: string | null;
  assumption?: string | null;
}

export interface LawFinding {
  code: string;
  severity: string;
  message: string;
}

export interface LawArticle {
  number: string;
  title?: string;
  heading?: string;
  quote?: string;
  rules?: string[];
  cites?: number;
  persons?: number;
  findings?: LawFinding[];
}

export interface StateRule {
  from: string;
  to: string;
  label: string;
  article: string;
}

export interface StateTrack {
  track: string;
  label?: string;
  states: string[];
  rules: StateRule[];
}

export interface LawPage {
  id: string;
  title: string;
  from?: string;
  articles: LawArticle[];
  states?: StateTrack[];
  cases?: { name: string; passed: boolean }[];
  switches?: { name: string; options?: string[]; why?: string }[];
  text?: string;
  compiled?: CompiledLaw;
}

/** The parts of the compiled form of a law that the form of a case asks by. */
export interface CompiledLaw {
  switches?: { name: string; options: string[]; why: string }[];
  conditions?: { name: string; label: string }[];
  facts?: { name: string; kind: string | { person: { role: string; picture: string } } | Record<string, unknown> }[];
  matters?: { notices: string[] }[];
  notices?: unknown[];
  rules?: { trigger: unknown }[];
  translations?: { label: string; language: string; text: string }[];
}

export interface LedgerRow {
  day: string;
  place: string;
  group: string;
  indicator: string;
  value: number;
  unit: string;
}

export interface LifeRow {
  date: string;
  campaign?: string | null;
  what: string;
  detail?: string | null;
  day?: string | null;
  law?: string | null;
  article?: string | null;
  assumption?: string | null;
}

export interface Life {
  person: { id: string; region?: string; district?: number; born?: string; truth?: string[]; register?: string[] };
  until?: string;
  alike?: number;
  rows?: LifeRow[];
  worlds?: { world: string; rows: LifeRow[] }[];
}

export interface RunPage {
  kind: 'run';
  id: string;
  title: string;
  about?: string;
  version: string;
  seed: number;
  scale: number;
  start: string;
  days: number;
  preview?: boolean;
  replicates?: number | null;
  /** The runs that the bands are of, this one first. */
  replicate_runs?: { seed: number; id: string }[] | null;
  switches?: { name: string; answer: string; why?: string }[];
  provenance: Provenance;
  headline: HeadlineLine[];
  sums?: { title: string; rows: SumRow[] }[];
  weekly?: { dates: string[]; series: Series[] };
  regions?: { iso: string; name: string }[];
  regional?: { dates: string[]; series: RegionalSeries[] };
  strata?: Stratum[];
  durations?: DurationTable[];
  figures?: PublishedFigure[];
  parameters?: Parameter[];
  laws?: LawPage[];
  ledgers?: Partial<Record<LedgerName, LedgerRow[]>>;
  samples?: string[];
  lives?: Life[];
}

export type LedgerName = 'quotas' | 'courts' | 'aid' | 'service' | 'accounts';

export interface PairedFigure {
  world?: string;
  name: string;
  label?: string;
  definition?: string;
  first: number;
  other: number;
  both: number;
  first_only: number;
  other_only: number;
  difference?: number;
  standard_error?: number | null;
  replicates_agreeing?: number | null;
  is_within_noise?: boolean | null;
}

export interface PersonsRow {
  world?: string;
  region?: string | null;
  stratum_kind?: string | null;
  stratum?: string | null;
  quantity: string;
  both: number;
  first_only: number;
  other_only: number;
  neither?: number;
}

export interface DaysRow {
  manner: string;
  days_first: number;
  days_other: number;
  persons_fewer: number;
  days_fewer: number;
  persons_more: number;
  days_more: number;
}

export interface DiffCite {
  article: string;
  paragraph?: string;
}

export interface DiffDays {
  starts_after_days: { from: number; to: number };
  is_contested: boolean;
  lifted_after_days: { from: number; to: number } | null;
  cite?: DiffCite;
}

export interface LawDiff {
  laws: string[];
  titles: string[];
  situations: { notice: string; situation: string; measure: string; under: (DiffDays | null)[] }[];
  rights: {
    measure: string;
    exists: boolean[];
    ends: { by: string; on: string; within: string | null; cite: DiffCite }[][];
    remedies: { name: string; to: string; file_within: string | null; suspends: string; cite: DiffCite }[][];
  }[];
  score_cards?: Record<string, number | null>[];
}

export interface ComparisonPage {
  kind: 'comparison';
  id: string;
  preview?: boolean;
  title?: string;
  version?: string;
  seed?: number;
  scale?: number;
  start?: string;
  replicates?: number;
  worlds: { name: string; title: string; laws?: string[] }[];
  persons: PairedFigure[];
  days?: DaysRow[];
  became?: { world?: string; in_first: string; in_other: string; persons: number }[];
  weekly?: { dates: string[]; series: { id: string; unit?: string; definition?: string; worlds: number[][] }[] };
  by_region?: PersonsRow[];
  by_group?: PersonsRow[];
  clauses?: {
    world?: string;
    side?: string;
    law?: string | null;
    article?: string | null;
    assumption?: string | null;
    what: string;
    persons: number;
  }[];
  steps?: { name: string; unit: string; first: number; direct: number; displacement: number; feedback: number; other: number }[];
  noise?: { text?: string; se?: number | null };
  diff?: LawDiff | null;
  lives_sample?: string[];
  lives?: Life[];
  provenance?: Provenance;
}

export type Payload = RunPage | ComparisonPage;

export interface RunEntry {
  id: string;
  kind: 'run' | 'comparison';
  title: string;
  state: string;
  scale?: number;
  preview?: boolean;
  start?: string;
  days?: number;
  seed?: number;
  job?: string;
  /** The same run with other chance: what its bands are of. */
  replicates?: { id: string; seed: number }[];
}

export interface LawEntry {
  id: string;
  name: string;
  title: string;
  from?: string;
}

export interface ScenarioEntry {
  name: string;
  title: string;
}

export interface ScenarioPage extends ScenarioEntry {
  about?: string;
  text: string;
  start?: string;
  days?: number;
  scale?: number;
  seed?: number;
  laws?: string[];
  parameters: Parameter[];
  switches?: { name: string; answer: string; options?: string[]; why?: string }[];
}

export interface Job {
  job: string;
  kind: string;
  state: string;
  title: string;
  day: number;
  days: number;
  /** Which of so many replicates is under way, from 1. */
  replicate?: number;
  replicates?: number;
  seconds_left?: number | null;
  preview?: boolean;
  run?: string | null;
  error?: string | null;
}
