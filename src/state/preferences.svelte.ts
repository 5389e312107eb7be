/** Language, theme, keys: what a person chose for the interface. Kept in this browser where it allows that. */
import { locales, say, show, type Locale, type Text, type Value, type Values } from '../text/text';

export type Theme = 'auto' | 'light' | 'dark';
const themes: readonly Theme[] = ['auto', 'light', 'dark'];

/** `localStorage` may throw (policy, private window): then choices last as long as the page. */
export interface Shelf {
  get(key: string): string | undefined;
  set(key: string, value: string): void;
}

export function browserShelf(): Shelf {
  const memory = new Map<string, string>();
  return {
    get(key) {
      try {
        return globalThis.localStorage.getItem(`psiscope.${key}`) ?? memory.get(key);
      } catch {
        return memory.get(key);
      }
    },
    set(key, value) {
      memory.set(key, value);
      try {
        globalThis.localStorage.setItem(`psiscope.${key}`, value);
      } catch {
        // memory keeps it for this page
      }
    },
  };
}

export interface Surroundings {
  readonly shelf: Shelf;
  /** Languages of the browser, best first. */
  readonly languages: readonly string[];
  /** Query of the page's address. */
  readonly query: URLSearchParams;
}

export class Preferences {
  locale = $state<Locale>('en');
  theme = $state<Theme>('auto');
  /** Single-key shortcuts (WCAG 2.1.4: can be switched off). */
  singleKeys = $state(true);
  /** IANA zone in which times are shown; follows the open session. */
  zone = $state('UTC');
  readonly #shelf: Shelf;

  constructor({ shelf, languages, query }: Surroundings) {
    this.#shelf = shelf;
    const asked = localeOf(query.get('lang') ?? '');
    const wanted = [shelf.get('locale') ?? '', ...languages].map(localeOf);
    this.locale = asked ?? wanted.find((locale) => locale !== undefined) ?? 'en';
    // an asked language is a choice: it holds after the query is gone
    if (asked) shelf.set('locale', asked);
    const theme = shelf.get('theme') as Theme | undefined;
    if (theme && themes.includes(theme)) this.theme = theme;
    this.singleKeys = shelf.get('singleKeys') !== 'off';
  }

  setLocale(locale: Locale): void {
    this.locale = locale;
    this.#shelf.set('locale', locale);
  }
  setTheme(theme: Theme): void {
    this.theme = theme;
    this.#shelf.set('theme', theme);
  }
  setSingleKeys(on: boolean): void {
    this.singleKeys = on;
    this.#shelf.set('singleKeys', on ? 'on' : 'off');
  }

  say = (template: Text, values: Values = {}): string => say(template, this.locale, values, { zone: this.zone });
  show = (value: Value): string => show(value, this.locale, { zone: this.zone });
}

function localeOf(tag: string): Locale | undefined {
  return locales.find((locale) => tag === locale || tag.toLowerCase().startsWith(`${locale}-`));
}

export const preferences = new Preferences({
  shelf: browserShelf(),
  languages: typeof navigator === 'undefined' ? [] : navigator.languages,
  query: new URLSearchParams(typeof location === 'undefined' ? '' : location.search),
});

/** A text in the chosen language; re-renders when the language or the zone changes. */
export const t = preferences.say;
/** A number, time (µs), duration (µs), byte count … in the chosen language. */
export const format = preferences.show;
