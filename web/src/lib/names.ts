// Names of the program that are made of parts, in words of the catalogue.
import { t, tOr } from './i18n.svelte';
import { plain } from './words';

/** Columns that each kind of measure has one of, longest first, so that none is taken for the end of another. */
export const COLUMNS = ['start_due', 'start_due_unserved', 'start_due_automatic', 'start_due_assessed', 'on', 'on_deemed', 'lift_due', 'off', 'restricted', 'freed', 'grounds_standing', 'standing', 'standing_unseen', 'standing_wrongful', 'standing_wrongful_by_record'].sort(
  (a, b) => b.length - a.length,
);
/** Columns that each milestone has one of. */
export const OF_MILESTONES = ['entered', 'departed', 'at'];
const PASSED = /^(entered|departed|at)_(.+)$/;

/** A group such as `age:18_21` or `student:yes`. */
export function groupName(name: string): string {
  const [kind, value] = name.split(':');
  return `${tOr(`group.${kind}`, kind)}: ${kind === 'age' ? ages(value ?? '') : tOr(`side.${value}`, value)}`;
}

/** Years such as `18_21`, or `31_up`. */
function ages(years: string): string {
  const [from, to] = years.split('_');
  return to === 'up' ? t('group.upward', { from: from! }) : years.replace('_', '–');
}

/** A choice of the scenario in words, with the path under which it is found there. */
export function assumptionName(path: string): string {
  const said = tOr(`assumption.${path}`, '');
  return said === '' ? path : `${said} (${path})`;
}

/** A column of the tables by day: with words of its own, or the measure or milestone that it is of and what of it. */
export function columnName(id: string): string {
  const own = tOr(`series.${id}`, '');
  if (own !== '') return own;
  const passed = PASSED.exec(id);
  if (passed) return `${t(`column.${passed[1]}`)}: ${tOr(`state.${passed[2]}`, undefined)}`;
  const column = COLUMNS.find((one) => id.endsWith(`_${one}`));
  const measure = column === undefined ? '' : tOr(`measure.${id.slice(0, -column.length - 1)}`, '');
  return measure === '' ? plain(id) : `${measure}: ${t(`column.${column}`)}`;
}

/** An indicator or series with the measure that it is of, such as `exit_ban_duration.exit_ban`. */
export function seriesName(id: string): string {
  const [name, measure] = id.split('.');
  const said = tOr(`indicator.${name}`, columnName(name ?? id));
  return measure ? `${said} (${tOr(`measure.${measure}`, plain(measure))})` : said;
}

/** What is counted, in the form that goes with the number; without one, as the head of a column. */
export function unitName(unit: string | undefined, n = 5): string {
  return tOr(`unit.${unit}`, unit, { n });
}

/** What happened in a life, and the event, measure, state or way that goes with it. */
export function happening(what: string, detail: string): string {
  const said = tOr(`what.${what}`, plain(what));
  if (detail === '') return said;
  if (what === 'event') return tOr(`event.${detail}`, plain(detail));
  const state = detail.replace(/^.*\./, '');
  const kinds: Record<string, string> = { remedy_event: 'event', entered: 'state', wrongly_stopped: 'way', stale_stop: 'way', signed: 'way' };
  // A law is told by its name as it stands.
  if (what === 'transferred') return `${said}: ${detail}`;
  return `${said}: ${tOr(`${kinds[what] ?? 'measure'}.${state}`, plain(state))}`;
}
