// Numbers, shares and dates as people read them, in three languages. Pure: no page, no state.

export type Language = 'en' | 'ru' | 'uk';
export const LANGUAGES: readonly Language[] = ['en', 'ru', 'uk'];

const LOCALE: Record<Language, string> = { en: 'en-GB', ru: 'ru-RU', uk: 'uk-UA' };

/** A making that is done once for each of its keys: to make a formatter takes a hundred times what its use does. */
function once<T>(make: (language: Language, what: string) => T): (language: Language, what: string) => T {
  const made = new Map<string, T>();
  return (language, what) => {
    const key = `${language} ${what}`;
    let one = made.get(key);
    if (one === undefined) made.set(key, (one = make(language, what)));
    return one;
  };
}

const NUMBERS: Record<string, Intl.NumberFormatOptions> = {
  brief: { notation: 'compact', maximumFractionDigits: 1 },
  percent: { style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 },
};
const DAYS: Record<string, Intl.DateTimeFormatOptions> = {
  long: { day: 'numeric', month: 'long', year: 'numeric' },
  short: { day: 'numeric', month: 'short', year: 'numeric' },
  axis: { day: 'numeric', month: 'short' },
};

const numbers = once((language, what) => new Intl.NumberFormat(LOCALE[language], NUMBERS[what]));
const counts = once((language, digits) => new Intl.NumberFormat(LOCALE[language], { maximumFractionDigits: Number(digits) }));
const differences = once((language, digits) => new Intl.NumberFormat(LOCALE[language], { maximumFractionDigits: Number(digits), signDisplay: 'exceptZero' }));
const days = once((language, what) => new Intl.DateTimeFormat(LOCALE[language], { ...DAYS[what], timeZone: 'UTC' }));
const collators = once((language) => new Intl.Collator(LOCALE[language]));

/** A count with its thousands apart; a dash where there is none. */
export function count(language: Language, value: number | null | undefined, digits = 0): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return '–';
  return counts(language, String(digits)).format(value);
}

/** A round number for an axis, in thousands or millions. */
export function brief(language: Language, value: number): string {
  return numbers(language, 'brief').format(value);
}

/** A difference, always with its sign. */
export function signed(language: Language, value: number, digits = 0): string {
  return differences(language, String(digits)).format(value);
}

/** A share (0 to 1) as a percentage with one digit. */
export function percent(language: Language, share: number | null | undefined): string {
  if (share === null || share === undefined || !Number.isFinite(share)) return '–';
  return numbers(language, 'percent').format(share);
}

/** A share (0 to 1) as whole persons of a hundred; "under 1" and "over 99" are kept from looking like none or all. */
export function ofHundred(share: number): { n: number; edge: 'none' | 'under' | 'over' | 'exact' } {
  const n = Math.round(share * 100);
  if (share > 0 && n === 0) return { n: 1, edge: 'under' };
  if (share < 1 && n === 100) return { n: 99, edge: 'over' };
  return { n, edge: share === 0 ? 'none' : 'exact' };
}

/** A civil day, written out. */
export function longDay(language: Language, iso: string): string {
  return dayAs(language, 'long', iso);
}

/** A civil day, short. */
export function shortDay(language: Language, iso: string): string {
  return dayAs(language, 'short', iso);
}

function dayAs(language: Language, what: string, iso: string): string {
  const day = dayOf(iso);
  return day === null ? iso : days(language, what).format(day);
}

/** A day on an axis, without its year. */
export function axisDay(language: Language, day: Date): string {
  return days(language, 'axis').format(day);
}

/** The order of two names as the language has it. */
export function compareNames(language: Language, first: string, other: string): number {
  return collators(language, '').compare(first, other);
}

/** The day of `2023-04-14` at noon UTC, so that no time zone moves it; none if it is no day. */
export function dayOf(iso: string): Date | null {
  const day = new Date(`${iso.slice(0, 10)}T12:00:00Z`);
  return Number.isNaN(day.getTime()) ? null : day;
}

/** The day so many days later, as `2023-04-14`. */
export function daysLater(iso: string, days: number): string {
  const day = dayOf(iso);
  if (day === null) return iso;
  day.setUTCDate(day.getUTCDate() + days);
  return day.toISOString().slice(0, 10);
}

/** Seconds as a rough time left: its unit and how many of it. */
export function timeLeft(seconds: number): { unit: 'seconds' | 'minutes'; n: number } {
  if (seconds < 90) return { unit: 'seconds', n: Math.max(0, Math.ceil(seconds)) };
  return { unit: 'minutes', n: Math.ceil(seconds / 60) };
}

/** A name of the program such as `barred_unseen`, readable where no words exist for it. */
export function plain(name: string): string {
  return name.replaceAll('_', ' ');
}
