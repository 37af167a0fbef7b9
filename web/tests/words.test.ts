// Numbers and plurals in three languages, and the catalogues held to one another.
import { readdirSync, readFileSync } from 'node:fs';
import { parse, TYPE } from '@formatjs/icu-messageformat-parser';
import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, it } from 'vitest';
import { brief, count, dayOf, daysLater, longDay, ofHundred, percent, plain, signed, timeLeft } from '../src/lib/words';
import { COLUMNS, OF_MILESTONES } from '../src/lib/names';
import en from '../src/words/en.json';
import ru from '../src/words/ru.json';
import uk from '../src/words/uk.json';

type Catalogue = Record<string, string>;
const all: [string, Catalogue][] = [['en', en], ['ru', ru], ['uk', uk]];

type Element = { type: number; value?: string; options?: Record<string, { value: Element[] }> };

/** The arguments of a message and, for each plural, its categories. */
function shape(text: string): { names: string[]; plurals: string[][] } {
  const names = new Set<string>();
  const plurals: string[][] = [];
  const walk = (elements: Element[]): void => {
    for (const element of elements) {
      if (element.type !== TYPE.literal && element.type !== TYPE.pound && element.value !== undefined) names.add(element.value);
      if (element.type === TYPE.plural) plurals.push(Object.keys(element.options ?? {}));
      for (const option of Object.values(element.options ?? {})) walk(option.value);
    }
  };
  walk(parse(text, { ignoreTag: true }) as unknown as Element[]);
  return { names: [...names].sort(), plurals };
}

describe('the catalogues', () => {
  it('have the same keys', () => {
    for (const [, catalogue] of all) expect(Object.keys(catalogue).sort()).toEqual(Object.keys(en).sort());
  });

  it.each(Object.keys(en))('%s takes the same arguments in every language', (key) => {
    for (const [language, catalogue] of all) {
      const text = catalogue[key] ?? '';
      expect(text, language).not.toBe('');
      expect(shape(text).names, language).toEqual(shape((en as Catalogue)[key] ?? '').names);
    }
  });

  it('give every Slavic plural that says the number in the nominative all the forms it needs', () => {
    const said = (language: string, catalogue: Catalogue, key: string, n: number) => new IntlMessageFormat(catalogue[key] ?? '', language).format({ n, hits: n, misses: 0, all: n });
    expect([1, 2, 5, 11, 21, 22].map((n) => said('ru', ru, 'lengths.open', n))).toEqual([
      'К концу оставался открытым 1 случай.',
      'К концу оставались открытыми 2 случая.',
      'К концу оставались открытыми 5 случаев.',
      'К концу оставались открытыми 11 случаев.',
      'К концу оставался открытым 21 случай.',
      'К концу оставались открытыми 22 случая.',
    ]);
    expect([1, 2, 5, 21].map((n) => said('uk', uk, 'lengths.median', n))).toEqual([
      'Половина тривала не більше 1 дня.',
      'Половина тривала не більше 2 днів.',
      'Половина тривала не більше 5 днів.',
      'Половина тривала не більше 21 дня.',
    ]);
  });
});

/** The sources of the program: what it names stands there, in lists that a macro or a table declares. */
const source = (path: string): string => readFileSync(new URL(`../../crates/${path}`, import.meta.url), 'utf8');

/** The words of a list of the program: what stands behind the `=` of each variant, with the unit where it has one. */
function listed(path: string, name: string): { word: string; unit: string | undefined }[] {
  const body = new RegExp(`\\n    ${name} \\{([^]*?)\\n    \\}`).exec(source(path))?.[1] ?? '';
  const found = [...body.matchAll(/^ +\w+ = "([^"]+)"(?:, "([^"]+)")?: "/gm)].map((one) => ({ word: one[1]!, unit: one[2] }));
  expect(found.length, `${name} in ${path}`).toBeGreaterThan(2);
  return found;
}

/** The words of an enumeration that says them in a `match`. */
function matched(path: string, name: string): string[] {
  const found = [...source(path).matchAll(new RegExp(`${name}::\\w+ => "([a-z_]+)"`, 'g'))].map((one) => one[1]!);
  expect(found.length, `${name} in ${path}`).toBeGreaterThan(2);
  return [...new Set(found)];
}

/** Every state that a rule of a shipped law leaves or enters, and those that every remedy has. */
function states(): string[] {
  const laws = new URL('../../laws/', import.meta.url);
  const texts = readdirSync(laws, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.law.md')).map((path) => readFileSync(new URL(path, laws), 'utf8'));
  expect(texts.length).toBeGreaterThan(10);
  const moves = texts.flatMap((text) => [...text.matchAll(/^ +[a-z_]+: ([a-z_]+(?: \| [a-z_]+)*) -> ([a-z_]+)/gm)].flatMap((one) => [...one[1]!.split(' | '), one[2]!]));
  const remedies = /STATES: \[[^\]]+\] = \[([^\]]+)\]/.exec(source('callup-rulebook/src/remedies.rs'))?.[1] ?? '';
  expect(moves.length).toBeGreaterThan(100);
  expect(remedies).toContain('pending');
  return [...moves, ...[...remedies.matchAll(/"([a-z_]+)"/g)].map((one) => one[1]!)];
}

describe('what the program names', () => {
  const TALLY = 'callup-sim/src/tally.rs';
  const ROLES = 'callup-rulebook/src/roles.rs';
  const indicators = [...source('callup-sim/src/indicators/registry.rs').matchAll(/indicator\(\s*"([^"]+)",\s*"([^"]+)"/g)].map((one) => ({ word: one[1]!, unit: one[2]! }));
  const flows = [...listed(TALLY, 'Flow'), ...listed(TALLY, 'Stock')];
  const ofMeasures = [...listed(TALLY, 'MeasureFlow'), ...listed(TALLY, 'MeasureStock')];
  const lengths = listed(TALLY, 'Duration');
  const words = (list: { word: string }[]) => list.map((one) => one.word);
  const wanted = [
    ...words(flows).map((word) => `series.${word}`),
    ...words(ofMeasures).map((word) => `column.${word}`),
    ...OF_MILESTONES.map((word) => `column.${word}`),
    ...words(indicators).map((word) => `indicator.${word}`),
    ...words(lengths).map((word) => `indicator.${word}`),
    ...words(listed('callup-sim/src/journal.rs', 'What')).map((word) => `what.${word}`),
    ...words(listed(ROLES, 'Event')).map((word) => `event.${word}`),
    ...words(listed(ROLES, 'Milestone')).map((word) => `state.${word}`),
    ...words(listed(ROLES, 'MeasureKind')).map((word) => `measure.${word}`),
    ...words(listed(ROLES, 'NoticeKind')).map((word) => `situation.${word}`),
    ...listed('callup-sim/src/journal.rs', 'Assumption').map(({ word }) => `assumption.${word}`),
    ...states().map((word) => `state.${word}`),
    ...matched('callup-sim/src/scenario.rs', 'SearchKind').map((word) => `way.${word}`),
    ...matched('callup-sim/src/scenario/contract.rs', 'Channel').map((word) => `way.${word}`),
    ...[...flows, ...ofMeasures, ...lengths, ...indicators].map((one) => `unit.${one.unit}`),
    // Verdicts of the checks are told part by part.
    ...[...source('callup/src/judging.rs').matchAll(/Verdict::\w+(?:\(Agreement::\w+\))? => "([^"]+)"/g)].flatMap((one) => ((en as Catalogue)[`verdict.${one[1]}`] ? [one[1]!] : one[1]!.split(', '))).map((word) => `verdict.${word}`),
  ];

  it('is found in its sources', () => {
    expect(indicators.length).toBeGreaterThan(60);
    expect(wanted).toContain('series.call_ups_standing');
    expect(wanted).toContain('what.remedy_event');
    expect(wanted).toContain('way.office_visits');
    expect(wanted).toContain('verdict.missed: no one day fits the whole statement');
    expect(wanted.some((key) => key.endsWith('undefined'))).toBe(false);
  });

  it.each(all)('has words in %s', (_, catalogue) => {
    expect([...new Set(wanted)].filter((key) => !catalogue[key])).toEqual([]);
  });

  it('is put together from the parts that the program has', () => {
    expect([...COLUMNS].sort()).toEqual(words(ofMeasures).sort());
  });

  it('is counted in every form that its number asks for', () => {
    const units = Object.keys(en).filter((key) => key.startsWith('unit.'));
    for (const key of units) {
      for (const [language, catalogue] of all) {
        const [forms] = shape(catalogue[key] ?? '').plurals;
        const alone = forms?.length === 1;
        expect(forms, `${key} in ${language}`).toEqual(alone ? ['other'] : language === 'en' ? ['one', 'other'] : ['one', 'few', 'many', 'other']);
      }
    }
    const said = (language: string, catalogue: Catalogue, key: string, n: number) => new IntlMessageFormat(catalogue[key] ?? '', language).format({ n });
    expect([1, 2, 5, 1.5].map((n) => said('ru', ru, 'unit.persons', n))).toEqual(['человек', 'человека', 'человек', 'человека']);
    expect([1, 2, 5, 21].map((n) => said('uk', uk, 'unit.notices', n))).toEqual(['повістка', 'повістки', 'повісток', 'повістка']);
  });
});

describe('numbers', () => {
  it('stand as the language writes them', () => {
    expect(count('en', 1681700)).toBe('1,681,700');
    expect(count('ru', 1681700).replaceAll(/\s/g, ' ')).toBe('1 681 700');
    expect(count('uk', null)).toBe('–');
    expect(percent('en', 0.5384)).toBe('53.8%');
    expect(brief('en', 200000)).toBe('200k');
    expect(brief('uk', 200000).replaceAll(/\s/g, ' ')).toBe('200 тис.');
    expect(signed('en', 12)).toBe('+12');
    expect(signed('en', 0)).toBe('0');
  });

  it('never call a few none, or nearly all everybody', () => {
    expect(ofHundred(0.002)).toEqual({ n: 1, edge: 'under' });
    expect(ofHundred(0.9999)).toEqual({ n: 99, edge: 'over' });
    expect(ofHundred(0)).toEqual({ n: 0, edge: 'none' });
    expect(ofHundred(1)).toEqual({ n: 100, edge: 'exact' });
    expect(ofHundred(0.854)).toEqual({ n: 85, edge: 'exact' });
  });

  it('say the time left in seconds, then in minutes', () => {
    expect(timeLeft(12.2)).toEqual({ unit: 'seconds', n: 13 });
    expect(timeLeft(121)).toEqual({ unit: 'minutes', n: 3 });
  });
});

describe('days', () => {
  it('are civil days in any time zone', () => {
    expect(longDay('en', '2023-04-14')).toBe('14 April 2023');
    expect(longDay('ru', '2023-04-14')).toBe('14 апреля 2023 г.');
    expect(longDay('uk', '2023-04-14')).toBe('14 квітня 2023 р.');
    expect(daysLater('2023-01-01', 364)).toBe('2023-12-31');
    expect(daysLater('2024-02-28', 1)).toBe('2024-02-29');
    expect(dayOf('no day')).toBeNull();
    expect(longDay('en', 'no day')).toBe('no day');
  });

  it('names of the program are readable', () => expect(plain('barred_unseen')).toBe('barred unseen'));
});
