// Two laws in words: what the difference of `callup diff` says, as sentences of the catalogue. Pure; the words come from outside.
import type { DiffDays, LawDiff } from './data';

export type Say = (key: string, given?: Record<string, string | number>) => string;

export interface Sentence {
  subject: string;
  measure: string;
  words: string;
  article: string;
}

/** How a measure begins under one law. */
function begins(days: DiffDays | null, say: Say): string {
  if (days === null) return say('diff.never');
  const { from, to } = days.starts_after_days;
  const start = from === to ? say('diff.from', { n: from }) : say('diff.between', { from, to });
  return days.is_contested ? `${start} ${say('diff.contested')}` : start;
}

/** A sentence for each situation in which a measure begins otherwise. */
export function situations(diff: LawDiff, say: Say): Sentence[] {
  return diff.situations.map((one) => {
    const [first, other] = [one.under[0] ?? null, one.under[1] ?? null];
    const key = first === null ? 'diff.new' : other === null ? 'diff.gone' : 'diff.moved';
    const cite = (other ?? first)?.cite;
    return {
      subject: `${one.notice} ${one.situation}`,
      measure: one.measure,
      words: say(key, { first: begins(first, say), other: begins(other, say) }),
      article: cite ? `${cite.article}${cite.paragraph ? `(${cite.paragraph})` : ''}` : '',
    };
  });
}

/** A limit such as `3 months of knowledge` in words; as it is where it has another form. */
export function within(text: string | null, say: Say): string {
  const found = /^(\d+) (hour|day|working day|month|year)s? of (.+)$/.exec(text ?? '');
  if (found === null) return text ?? '–';
  return `${say(`period.${found[2]!.replace(' ', '_')}s`, { n: Number(found[1]) })} ${say(`anchor.${found[3]}`)}`;
}

/** A sentence for each measure whose end or remedy is not what it was. */
export function rights(diff: LawDiff, say: Say): Sentence[] {
  return diff.rights.map((right) => {
    const who = (side: number) => [...new Set((right.ends[side] ?? []).map((end) => say(`diff.by.${end.by}`)))].join(', ') || say('diff.nobody');
    const remedy = (side: number) =>
      (right.remedies[side] ?? []).map((one) => say('diff.remedy', { to: say(`office.${one.to}`), within: within(one.file_within, say), suspends: say(one.suspends === 'suspends' ? 'diff.suspends' : 'diff.suspendsnot') })).join('; ') || say('diff.noremedy');
    const side = (place: number) => (right.exists[place] ? say('diff.right', { who: who(place), remedy: remedy(place) }) : say('diff.absent'));
    return {
      subject: '',
      measure: right.measure,
      words: say('diff.sides', { first: side(0), other: side(1) }),
      article: [...new Set([...(right.ends[1] ?? []), ...(right.ends[0] ?? [])].map((end) => end.cite.article))].join('; '),
    };
  });
}
