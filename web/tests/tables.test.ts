// Rows out of payloads, the tiles and the CSV that people take away.
import { describe, expect, it } from 'vitest';
import { csv, readPlainCsv } from '../src/lib/csv';
import { acrossDays, byIndicator, differences, isNoise, isPreview, points, present, regionAt, withBands } from '../src/lib/pivot';
import { regionName, TILES } from '../src/lib/tiles';
import { LANGUAGES } from '../src/lib/words';

const flow = { id: 'issued', unit: 'notices', kind: 'flow' as const, values: [1, 2, 4] };
const stock = { id: 'queue', unit: 'persons', kind: 'stock' as const, values: [5, 0, 7], low: [4, 0, 6], high: [6, 1, 9] };
const dates = ['2023-01-07', '2023-01-14', '2023-01-21'];

describe('csv', () => {
  it('begins with a byte order mark and quotes what needs it', () => {
    const text = csv(['what', 'n'], [['повістка, "друга"', 2], ['a\nb', null]]);
    expect(text).toBe('\uFEFFwhat,n\r\n"повістка, ""друга""",2\r\n"a\nb",\r\n');
  });

  it('reads the tables of regions', () => {
    expect(readPlainCsv('a,b\n1,2\r\n3,\n')).toEqual([{ a: '1', b: '2' }, { a: '3', b: '' }]);
  });
});

describe('series', () => {
  it('become points with a band where there is one', () => {
    const given = points(dates, [flow, stock], ['queue', 'issued', 'nothing']);
    expect(given).toHaveLength(6);
    expect(given[0]).toEqual({ day: new Date('2023-01-07T12:00:00Z'), series: 'queue', value: 5, low: 4, high: 6 });
    expect(given[3]).toEqual({ day: new Date('2023-01-07T12:00:00Z'), series: 'issued', value: 1 });
  });

  it('become rows of a table, a missing series a column of dashes', () => {
    expect(withBands(dates, [flow], ['issued', 'nothing']).rows).toEqual([['2023-01-07', 1, null], ['2023-01-14', 2, null], ['2023-01-21', 4, null]]);
    const banded = withBands(dates, [flow, stock], ['issued', 'queue']);
    expect(banded.heads).toEqual([['issued', 'value'], ['queue', 'value'], ['queue', 'low'], ['queue', 'high']]);
    expect(banded.rows[1]).toEqual(['2023-01-14', 2, 0, 0, 1]);
    expect(present([flow, { ...stock, values: [0, 0, 0] }], ['queue', 'issued'])).toEqual(['issued']);
  });

  it('of a region: a flow adds up, a stock stands', () => {
    const values = [[1, 10], [2, 20], [3, 30]];
    expect(regionAt({ id: 'a', unit: '', kind: 'flow', values }, 1, 1)).toBe(30);
    expect(regionAt({ id: 'a', unit: '', kind: 'stock', values }, 1, 1)).toBe(20);
  });
});

describe('comparisons', () => {
  const row = { quantity: 'barred', both: 5, first_only: 2, other_only: 9 };
  it('count each world and the difference', () => {
    const rows = [{ ...row, region: 'RU-MOW' }, { ...row, region: 'RU-SPE', quantity: 'other' }];
    expect(differences(rows, 'barred', 'region')).toEqual([{ name: 'RU-MOW', first: 7, other: 14, difference: 7, chance: false }]);
    expect(differences([{ ...row, stratum_kind: 'age', stratum: '18_21' }], 'barred', 'stratum')[0]?.name).toBe('age:18_21');
    // Of 9 and 4 who differ 5 is less than twice the root of 13; none at all is no difference.
    expect(differences([{ ...row, first_only: 4, region: 'RU-MOW' }], 'barred', 'region')[0]?.chance).toBe(true);
    expect(differences([{ ...row, first_only: 9, region: 'RU-MOW' }], 'barred', 'region')[0]?.chance).toBe(true);
    expect(differences([{ ...row, first_only: 0, other_only: 0, region: 'RU-MOW' }], 'barred', 'region')[0]?.chance).toBe(false);
  });

  it('are noise if the program says so, or below two standard errors', () => {
    const figure = { name: 'a', first: 7, other: 14, both: 5, first_only: 2, other_only: 9 };
    expect(isNoise({ ...figure, is_within_noise: true, standard_error: 0.1 })).toBe(true);
    expect(isNoise({ ...figure, standard_error: 4 })).toBe(true);
    expect(isNoise({ ...figure, standard_error: 3 })).toBe(false);
  });
});

describe('ledgers', () => {
  it('stand by indicator in the order of days', () => {
    const line = { place: 'all', group: '', value: 1, unit: 'persons' };
    const groups = byIndicator([{ ...line, day: '2023-02-01', indicator: 'b' }, { ...line, day: '2023-01-01', indicator: 'b' }, { ...line, day: '2023-01-01', indicator: 'a' }]);
    expect([...groups.keys()]).toEqual(['b', 'a']);
    expect(groups.get('b')?.map((one) => one.day)).toEqual(['2023-01-01', '2023-02-01']);
  });
});

describe('the tiles', () => {
  it('are 83 regions, each on a place of its own, each with a name in every language', () => {
    expect(TILES).toHaveLength(83);
    expect(new Set(TILES.map((tile) => tile.iso)).size).toBe(83);
    expect(new Set(TILES.map((tile) => `${tile.column} ${tile.row}`)).size).toBe(83);
    for (const tile of TILES) for (const language of LANGUAGES) expect(regionName(language, tile.iso)).not.toBe(tile.iso);
    expect(regionName('uk', 'RU-BEL')).toBe('Бєлгородська область');
    expect(regionName('en', 'EE', 'Estonia')).toBe('Estonia');
  });
});

describe('a ledger across days', () => {
  it('has the whole on top, then the larger groups', () => {
    const line = { place: 'all', unit: 'persons', indicator: 'a' };
    const table = acrossDays([
      { ...line, group: 'small', day: '2023-02-28', value: 1 },
      { ...line, group: 'large', day: '2023-01-31', value: 5 },
      { ...line, group: '', day: '2023-01-31', value: 6 },
    ]);
    expect(table.days).toEqual(['2023-01-31', '2023-02-28']);
    expect(table.lines.map((one) => [one.group, one.values])).toEqual([['', [6, null]], ['large', [5, null]], ['small', [null, 1]]]);
  });
});

it('a hundredth of the nation is a preview, a tenth and the whole are none', () => {
  expect([{ scale: 0.01 }, { scale: 0.1 }, { scale: 1 }, {}, { scale: 1, preview: true }].map(isPreview)).toEqual([true, false, false, false, true]);
});
