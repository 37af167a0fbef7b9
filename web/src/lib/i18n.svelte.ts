// The words of the page in the chosen language: messages in ICU form, one JSON catalogue a language (src/words).
import { IntlMessageFormat } from 'intl-messageformat';
import en from '../words/en.json';
import ru from '../words/ru.json';
import uk from '../words/uk.json';
import { type Language, LANGUAGES, plain } from './words';

const CATALOGUES: Record<Language, Record<string, string>> = { en, ru, uk };
const compiled = new Map<string, IntlMessageFormat>();
const KEPT = 'callup-language';

/** Left to itself every message makes formatters of its own, each dearer than all its uses. */
function shared<T>(make: (locales?: string | string[], options?: object) => T): (locales?: string | string[], options?: object) => T {
  const made = new Map<string, T>();
  return (locales, options) => {
    const key = JSON.stringify([locales, options]);
    let one = made.get(key);
    if (one === undefined) made.set(key, (one = make(locales, options)));
    return one;
  };
}
const FORMATTERS = {
  getNumberFormat: shared((locales, options) => new Intl.NumberFormat(locales, options)),
  getDateTimeFormat: shared((locales, options) => new Intl.DateTimeFormat(locales, options)),
  getPluralRules: shared((locales, options) => new Intl.PluralRules(locales, options)),
};

function firstLanguage(): Language {
  let kept: string | null = null;
  try {
    kept = sessionStorage.getItem(KEPT);
  } catch {
    // A page opened from disk may have no storage: then the browser's language decides.
  }
  const wished = [kept, ...navigator.languages].map((one) => (one ?? '').slice(0, 2));
  return LANGUAGES.find((language) => wished.includes(language) && wished.find((one) => LANGUAGES.includes(one as Language)) === language) ?? 'en';
}

export const words = $state<{ language: Language }>({ language: 'en' });

/** Takes the language of an earlier choice, else of the browser. */
export function startLanguage(): void {
  setLanguage(firstLanguage());
}

/** Switches the language of everything. */
export function setLanguage(language: Language): void {
  words.language = language;
  document.documentElement.lang = language;
  try {
    sessionStorage.setItem(KEPT, language);
  } catch {
    // Not kept then.
  }
}

type Arguments = Record<string, string | number>;

/** The message of a key in the current language. */
export function t(key: string, given?: Arguments): string {
  return say(words.language, key, given) ?? key;
}

/** The message of a key in the current language, or what else is to be said. */
export function tOr(key: string, otherwise: string | undefined, given?: Arguments): string {
  return say(words.language, key, given) ?? otherwise ?? plain(key.slice(key.indexOf('.') + 1));
}

/** The message of a key in a language; none if the catalogue does not have it. */
export function say(language: Language, key: string, given?: Arguments): string | undefined {
  const text = CATALOGUES[language][key];
  if (text === undefined) return undefined;
  const place = `${language} ${key}`;
  let message = compiled.get(place);
  if (message === undefined) {
    message = new IntlMessageFormat(text, language, undefined, { ignoreTag: true, formatters: FORMATTERS });
    compiled.set(place, message);
  }
  return String(message.format(given));
}
