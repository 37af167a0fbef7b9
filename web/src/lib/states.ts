// A track of a law as a picture: its states one below the other, and for each state a line on which everything arrives that leads
// to it, onward on the right and back on the left. Pure.
import type { StateTrack } from './data';

export interface Box {
  name: string;
  y: number;
}

export interface Stub {
  from: number;
  /** The rules that lead this way, numbered from 1 as in the table beside the picture. */
  numbers: number[];
}

/** Everything that leads to a state from one side of it. */
export interface Line {
  to: number;
  stubs: Stub[];
  side: 'right' | 'left';
  /** How far out the line runs, in lanes from 1. */
  lane: number;
}

export interface Picture {
  boxes: Box[];
  lines: Line[];
  lanesRight: number;
  lanesLeft: number;
  height: number;
}

export const BOX_HEIGHT = 30;
const STEP = 50;

/** Lays a track out: lines that overlap go to lanes of their own, the short ones inside. */
export function picture(track: StateTrack): Picture {
  const place = new Map(track.states.map((state, index) => [state, index]));
  const lines = new Map<string, Line>();
  track.rules.forEach((rule, index) => {
    const from = place.get(rule.from);
    const to = place.get(rule.to);
    if (from === undefined || to === undefined || from === to) return;
    const side = from < to ? 'right' : 'left';
    const key = `${side} ${to}`;
    const line = lines.get(key) ?? { to, stubs: [], side, lane: 0 };
    lines.set(key, line);
    const stub = line.stubs.find((one) => one.from === from);
    if (stub) stub.numbers.push(index + 1);
    else line.stubs.push({ from, numbers: [index + 1] });
  });
  const sorted = [...lines.values()].sort((a, b) => length(a) - length(b) || a.to - b.to);
  const lanesRight = inLanes(sorted.filter((line) => line.side === 'right'));
  const lanesLeft = inLanes(sorted.filter((line) => line.side === 'left'));
  const boxes = track.states.map((name, index) => ({ name, y: index * STEP + 8 }));
  return { boxes, lines: sorted, lanesRight, lanesLeft, height: track.states.length * STEP + 8 };
}

/** From which to which state a line reaches. */
function span(line: Line): [number, number] {
  const all = [line.to, ...line.stubs.map((stub) => stub.from)];
  return [Math.min(...all), Math.max(...all)];
}

function length(line: Line): number {
  const [low, high] = span(line);
  return high - low;
}

/** Gives every line the innermost lane that is free over its whole length; says how many lanes there are. */
function inLanes(lines: Line[]): number {
  const taken: [number, number][][] = [];
  for (const line of lines) {
    const [low, high] = span(line);
    let lane = 0;
    while ((taken[lane] ?? []).some(([from, to]) => low <= to && from <= high)) lane += 1;
    (taken[lane] ??= []).push([low, high]);
    line.lane = lane + 1;
  }
  return taken.length;
}
