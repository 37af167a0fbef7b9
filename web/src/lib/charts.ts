// Every chart of the page, and the only file that knows Observable Plot. Each function gives an SVG for decoration: what it says
// stands in words and in a table beside it. Axes start at nought, days are calendar days, no axis is logarithmic.
import * as Plot from '@observablehq/plot';
import type { Point } from './pivot';

/** Pens of the page: colours of the style sheet, told apart by their dashes too. */
const PENS = ['var(--pen-1)', 'var(--pen-2)', 'var(--pen-3)', 'var(--pen-4)', 'var(--pen-5)'];
const DASHES = ['', '6 3', '2 3', '8 3 2 3', '1 3'];

export interface Look {
  width: number;
  number: (value: number) => string;
  /** A round number of an axis: 200 thousand as `200K`. */
  short: (value: number) => string;
  day: (day: Date) => string;
  label: (series: string) => string;
}

/** The colour and dash of the series at a place of the key. */
export function pen(place: number): { colour: string; dash: string } {
  return { colour: PENS[place % PENS.length]!, dash: DASHES[place % DASHES.length]! };
}

function frame(look: Look, height: number): Plot.PlotOptions {
  return {
    width: look.width,
    height,
    marginLeft: 64,
    marginRight: 16,
    marginTop: 16,
    marginBottom: 32,
    style: { background: 'transparent', color: 'var(--ink)', fontFamily: 'inherit', fontSize: '12px', overflow: 'visible' },
  };
}

/** Lines over calendar days, with a band of percentiles where there is one. */
export function lines(points: readonly Point[], series: readonly string[], look: Look): SVGSVGElement | HTMLElement {
  const banded = points.filter((point) => point.low !== undefined);
  return Plot.plot({
    ...frame(look, 280),
    x: { type: 'utc', label: null, ticks: look.width < 500 ? 4 : 8, tickFormat: look.day },
    y: { zero: true, nice: true, grid: true, label: null, ticks: 5, tickFormat: look.short },
    marks: [
      Plot.ruleY([0], { stroke: 'var(--line)' }),
      ...series.flatMap((id, place) => [
        Plot.areaY(banded.filter((point) => point.series === id), { x: 'day', y1: 'low', y2: 'high', fill: pen(place).colour, fillOpacity: 0.18 }),
        Plot.lineY(points.filter((point) => point.series === id), {
          x: 'day',
          y: 'value',
          stroke: pen(place).colour,
          strokeWidth: 2.25,
          strokeDasharray: pen(place).dash,
        }),
      ]),
      Plot.ruleX(points, Plot.pointerX({ x: 'day', stroke: 'var(--soft)' })),
      Plot.tip(points, Plot.pointerX({
        x: 'day',
        y: 'value',
        title: (point: Point) => `${look.day(point.day)}\n${look.label(point.series)}: ${look.number(point.value)}${point.low === undefined ? '' : ` (${look.number(point.low)} – ${look.number(point.high!)})`}`,
        fill: 'var(--paper)',
        stroke: 'var(--line)',
      })),
    ],
  });
}

export interface Bar {
  name: string;
  value: number;
}

/** Horizontal bars around nought, the longest on top as given. */
export function bars(given: readonly Bar[], look: Look): SVGSVGElement | HTMLElement {
  const margin = Math.min(250, look.width * 0.42);
  return Plot.plot({
    ...frame(look, 40 + given.length * 22),
    marginLeft: margin,
    marginRight: 72,
    x: { label: null, grid: true, ticks: look.width < 500 ? 2 : 4, nice: true, tickFormat: look.short },
    y: { label: null, domain: given.map((bar) => bar.name), tickSize: 0, tickFormat: (name: string) => shortened(name, margin) },
    marks: [
      Plot.barX(given, { x: 'value', y: 'name', fill: (bar: Bar) => (bar.value < 0 ? PENS[1] : PENS[0]), insetTop: 3, insetBottom: 3 }),
      Plot.ruleX([0], { stroke: 'var(--ink)' }),
      Plot.text(given, {
        x: 'value',
        y: 'name',
        text: (bar: Bar) => look.number(bar.value),
        textAnchor: 'start',
        dx: 5,
        filter: (bar: Bar) => bar.value >= 0,
        fill: 'var(--ink)',
      }),
      Plot.text(given, { x: 0, y: 'name', text: (bar: Bar) => look.number(bar.value), textAnchor: 'start', dx: 5, filter: (bar: Bar) => bar.value < 0, fill: 'var(--ink)' }),
    ],
  });
}

/** A name that fits a margin of so many pixels, at the width of a wide Cyrillic letter. */
function shortened(name: string, margin: number): string {
  const longest = Math.floor((margin - 12) / 7.6);
  return name.length <= longest ? name : `${name.slice(0, longest - 1)}…`;
}

/** A region of the map: where its tile stands, what it shows. */
export interface Shade {
  iso: string;
  column: number;
  row: number;
  value: number | null;
  title: string;
  /** Whether the value may be chance: such a tile is outlined in dashes. */
  chance?: boolean;
}

/** The colour of a value, and whether what stands on it must be light (by night: dark). */
export type Shading = (value: number | null) => { fill: string; deep: boolean };

/** Five steps from nought to the most; the steps do not move with the day. */
export function fromNought(most: number): Shading {
  return (value) => {
    const step = value === null || most <= 0 ? 0 : Math.min(4, Math.floor((value / most) * 5));
    return { fill: `var(--shade-${step})`, deep: step > 2 };
  };
}

/** Three steps to either side of nought, orange for less and blue for more, which every eye tells apart. */
export function aroundNought(most: number): Shading {
  return (value) => {
    const step = value === null || most <= 0 ? 0 : Math.min(3, Math.ceil((Math.abs(value) / most) * 3));
    return { fill: step === 0 ? 'var(--shade-0)' : `var(--${value! < 0 ? 'less' : 'more'}-${step})`, deep: step === 3 };
  };
}

export interface Split {
  name: string;
  part: string;
  from: number;
  to: number;
}

/** For each quantity a bar of three parts: true in the first world alone, in both, in the other alone. */
export function splits(given: readonly Split[], parts: readonly string[], look: Look): SVGSVGElement | HTMLElement {
  const names = [...new Set(given.map((split) => split.name))];
  const margin = Math.min(280, look.width * 0.42);
  return Plot.plot({
    ...frame(look, 40 + names.length * 30),
    marginLeft: margin,
    x: { label: null, grid: true, ticks: look.width < 500 ? 2 : 4, tickFormat: look.short },
    y: { label: null, domain: names, tickSize: 0, tickFormat: (name: string) => shortened(name, margin) },
    marks: [
      Plot.barX(given, { x1: 'from', x2: 'to', y: 'name', fill: (split: Split) => PENS[[1, 3, 0][parts.indexOf(split.part)] ?? 0], insetTop: 5, insetBottom: 5 }),
      Plot.ruleX([0], { stroke: 'var(--ink)' }),
    ],
  });
}

/** How many lasted so many days: a column for each length up to the longest shown. */
export function lengths(buckets: readonly (readonly [number, number])[], look: Look): SVGSVGElement | HTMLElement {
  const shown = buckets.map(([days, persons]) => ({ days, persons }));
  return Plot.plot({
    ...frame(look, 220),
    x: { label: null, ticks: look.width < 500 ? 5 : 10, tickFormat: look.number },
    y: { zero: true, grid: true, label: null, ticks: 4, tickFormat: look.short },
    marks: [
      Plot.rectY(shown, { x1: 'days', x2: (one: { days: number }) => one.days + 1, y: 'persons', fill: PENS[0] }),
      Plot.ruleY([0], { stroke: 'var(--ink)' }),
    ],
  });
}
