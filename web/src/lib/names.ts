// Names of the program that are made of two parts, in words of the catalogue.
import { tOr } from './i18n.svelte';
import { plain } from './words';

/** A group such as `age:18_21` or `student:yes`. */
export function groupName(name: string): string {
  const [kind, value] = name.split(':');
  return `${tOr(`group.${kind}`, kind)}: ${kind === 'age' ? (value ?? '').replace('_', '–') : tOr(`side.${value}`, value)}`;
}

/** An indicator or series with the measure that it is of, such as `exit_ban_duration.exit_ban`. */
export function seriesName(id: string): string {
  const [name, measure] = id.split('.');
  const said = tOr(`indicator.${name}`, tOr(`series.${name}`, plain(name ?? id)));
  return measure ? `${said} (${tOr(`measure.${measure}`, plain(measure))})` : said;
}
