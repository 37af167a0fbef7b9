// The picture of a law's states, two laws in words, and the lines of a life and of a case.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { ComparisonPage, LawPage } from '../src/lib/data';
import { rights, situations, within } from '../src/lib/difference';
import { picture } from '../src/lib/states';
import { byDay, caseDays, cited, type CaseRow } from '../src/lib/timeline';

const fixture = (name: string): unknown => JSON.parse(readFileSync(new URL(`fixtures/${name}.json`, import.meta.url), 'utf8'));
const say = (key: string, given?: Record<string, string | number>) => `${key}${given ? JSON.stringify(given) : ''}`;

describe('the state diagram', () => {
  const rule = (from: string, to: string) => ({ from, to, label: '', article: '' });

  it('draws onward on the right and back on the left, rules of one way together', () => {
    const drawn = picture({ track: 't', states: ['a', 'b', 'c'], rules: [rule('a', 'b'), rule('a', 'c'), rule('b', 'c'), rule('c', 'a'), rule('a', 'b')] });
    expect(drawn.lines.map((line) => [line.side, line.to, line.stubs])).toEqual([
      ['right', 1, [{ from: 0, numbers: [1, 5] }]],
      ['left', 0, [{ from: 2, numbers: [4] }]],
      ['right', 2, [{ from: 0, numbers: [2] }, { from: 1, numbers: [3] }]],
    ]);
    expect([drawn.lanesRight, drawn.lanesLeft]).toEqual([2, 1]);
  });

  it('never lays two lines of one side over each other, for every track of a shipped law', () => {
    for (const track of (fixture('law') as LawPage).states ?? []) {
      const drawn = picture(track);
      const reach = drawn.lines.map((line) => [Math.min(line.to, ...line.stubs.map((one) => one.from)), Math.max(line.to, ...line.stubs.map((one) => one.from))] as const);
      drawn.lines.forEach((line, one) =>
        drawn.lines.slice(one + 1).forEach((other, rest) => {
          if (line.side !== other.side || line.lane !== other.lane) return;
          const [a, b] = [reach[one]!, reach[one + 1 + rest]!];
          expect(a[1] < b[0] || b[1] < a[0]).toBe(true);
        }),
      );
      const shown = drawn.lines.flatMap((line) => line.stubs.flatMap((stub) => stub.numbers)).sort((a, b) => a - b);
      expect(shown).toEqual(track.rules.flatMap((one, index) => (one.from === one.to ? [] : [index + 1])));
    }
  });
});

describe('two laws in words', () => {
  const diff = (fixture('comparison') as ComparisonPage).diff!;

  it('have a sentence for every situation, with the article', () => {
    const said = situations(diff, say);
    expect(said).toHaveLength(diff.situations.length);
    expect(said[0]).toEqual({ subject: 'draft_notice never_opened', measure: 'exit_ban', words: 'diff.new{"first":"diff.never","other":"diff.from{\\"n\\":0}"}', article: 'Article 7.1(1)' });
  });

  it('have a sentence for the end of every measure', () => {
    const said = rights(diff, say);
    expect(said).toHaveLength(diff.rights.length);
    expect(said[0]?.words).toContain('diff.absent');
    expect(said[0]?.words).toContain('diff.suspendsnot');
    expect(within('3 months of knowledge', say)).toBe('period.months{"n":3} anchor.knowledge');
    expect(within('10 working days of served', say)).toBe('period.working_days{"n":10} anchor.served');
    expect(within('before the season ends', say)).toBe('before the season ends');
  });
});

describe('lines of time', () => {
  it('put the rows of a day together', () => {
    const row = (date: string) => ({ date, what: 'event' });
    expect(byDay([row('2023-01-01'), row('2023-01-01'), row('2023-01-02')]).map((day) => day.rows.length)).toEqual([2, 1]);
  });

  it('of a case lose nothing: every row is a line or belongs to one', () => {
    const rows = (fixture('explain') as { timeline: CaseRow[] }).timeline;
    const days = caseDays(rows);
    const lines = days.flatMap((day) => day.lines);
    const texts = new Set(lines.flatMap((line) => [...line.texts, ...line.details.map((detail) => detail.text)]));
    for (const row of rows) expect(texts, row.text).toContain(row.text);
    expect(days.map((day) => day.date)).toEqual([...new Set(rows.map((row) => row.date))]);
    expect(lines.length).toBeLessThan(rows.length / 4);
  });

  it('cite as people write', () => expect(cited({ article: 'Article 7.1', paragraph: '1' })).toBe('Article 7.1(1)'));
});
