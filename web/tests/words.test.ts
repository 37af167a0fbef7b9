// Numbers and plurals in three languages, and the catalogues held to one another.
import { parse, TYPE } from '@formatjs/icu-messageformat-parser';
import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, it } from 'vitest';
import { brief, count, dayOf, daysLater, longDay, ofHundred, percent, plain, signed, timeLeft } from '../src/lib/words';
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
