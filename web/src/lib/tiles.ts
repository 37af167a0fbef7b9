// The 83 regions of ISO 3166-2:RU as equal tiles, with names in three languages. Both tables are our own (web/data).
import namesText from '../../data/region-names.csv?raw';
import tilesText from '../../data/tiles.csv?raw';
import { readPlainCsv } from './csv';
import type { Language } from './words';

export interface Tile {
  iso: string;
  column: number;
  row: number;
}

export const TILES: readonly Tile[] = readPlainCsv(tilesText).map((row) => ({
  iso: row['iso'] ?? '',
  column: Number(row['column']),
  row: Number(row['row']),
}));

const NAMES = new Map(readPlainCsv(namesText).map((row) => [row['iso'] ?? '', row]));

/** The name of a region; what is given, or the code, where the table has none. */
export function regionName(language: Language, iso: string, given?: string): string {
  return NAMES.get(iso)?.[language] ?? given ?? iso;
}
