/**
 * Every text a person reads stands here or beside the thing it names, English and French side by side.
 *
 *   text('{email} has no licence', '{email} n’a pas de licence')
 *
 * Slots: `{name}` takes a value; `{count|user|users}` picks a word by the plural rule of the language.
 * The two languages must hold the same set of slots, else the call does not compile. A text is a template, not a
 * function: it can be listed for a translator, keyed by its English, and re-rendered in another language later.
 */
export type Locale = 'en' | 'fr' | (string & {});
export const coreLocales = ['en', 'fr'] as const;

type SlotName<Slot extends string> = Slot extends `${infer Name}|${string}` ? Name : Slot;
export type Slots<Template extends string> = Template extends `${string}{${infer Slot}}${infer Rest}`
  ? SlotName<Slot> | Slots<Rest>
  : never;

/** `Names` is the union of slot names; `Text` alone is a text whose slots are not known to the compiler. */
export interface Text<Names extends string = string> {
  readonly en: string;
  readonly fr: string;
  readonly slots?: Names;
}

/** A value for a slot. Numbers, times (µs), durations (µs) and byte counts are formatted by `Intl` for the locale. */
export type Value =
  | string
  | number
  | { readonly time: number }
  | { readonly duration: number }
  | { readonly bytes: number }
  | { readonly percent: number }
  | { readonly list: readonly string[] }
  | Text;
export type Values = Readonly<Record<string, Value>>;

type SameSlots<En extends string, Fr extends string> = [Slots<En>] extends [Slots<Fr>]
  ? [Slots<Fr>] extends [Slots<En>]
    ? Fr
    : `French has a slot that English lacks: ${Exclude<Slots<Fr>, Slots<En>>}`
  : `French lacks the slot: ${Exclude<Slots<En>, Slots<Fr>>}`;

export function text<const En extends string, const Fr extends string>(en: En, fr: SameSlots<En, Fr>): Text<Slots<En>> {
  return { en, fr };
}

/** Product names, menu paths, commands, field names: printed alike in every language. */
export function same(name: string): Text<never> {
  return { en: name, fr: name };
}

const further = Object.fromEntries(
  Object.entries(import.meta.glob<Record<string, string>>('./further/*.ts', { eager: true, import: 'default' })).map(
    ([path, entries]) => [path.replace(/^.*\/|\.ts$/g, ''), entries],
  ),
);

/** The languages on offer: the core pair, then one per file in `further/`. */
export const locales: readonly string[] = [...coreLocales, ...Object.keys(further)];

/** Values of one display: the time zone in which times are shown, IANA name. */
export interface SayOptions {
  readonly zone?: string;
}

/** Renders a text. A slot without a value stays visible as `{slot}`: loud, never a silent gap. */
export function say(template: Text, locale: Locale, values: Values = {}, options: SayOptions = {}): string {
  const source = locale === 'fr' ? template.fr : (further[locale]?.[template.en] ?? template.en);
  const parts = locale === 'fr' ? french(source) : source;
  return parts.replace(/\{([^{}|]+)(?:\|([^{}]*))?\}/g, (whole, name: string, forms: string | undefined) => {
    const value = values[name];
    if (value === undefined) return whole;
    if (forms === undefined) return show(value, locale, options);
    const [one = '', other = one] = forms.split('|');
    const count = typeof value === 'number' ? value : Number(value);
    return plural(locale).select(count) === 'one' ? one : other;
  });
}

/** One value as text of the locale. */
export function show(value: Value, locale: Locale, options: SayOptions = {}): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return number(locale).format(value);
  if ('time' in value) return dateTime(locale, options.zone ?? 'UTC').format(value.time / 1000);
  if ('duration' in value) return duration(value.duration, locale);
  if ('bytes' in value) return bytes(value.bytes, locale);
  if ('percent' in value) return percent(locale).format(value.percent / 100);
  if ('list' in value) return list(locale).format(value.list);
  return say(value, locale);
}

/** French sets a no-break space before `: ; ? ! »` and after `«`; templates are written with plain spaces. */
const french = memo((source: string) =>
  source
    .replace(/ ([;?!])/g, '\u202f$1')
    .replace(/ ([:»%])/g, '\u00a0$1')
    .replace(/« /g, '«\u00a0'),
);

const plural = memo((locale: string) => new Intl.PluralRules(locale));
const number = memo((locale: string) => new Intl.NumberFormat(locale, { maximumFractionDigits: 3 }));
const percent = memo((locale: string) => new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 }));
const list = memo((locale: string) => new Intl.ListFormat(locale, { type: 'conjunction' }));
const dateTimes = memo((key: string) => {
  const [locale, zone] = key.split('\n');
  return new Intl.DateTimeFormat(locale, {
    timeZone: zone,
    dateStyle: 'medium',
    timeStyle: 'medium',
  });
});
const dateTime = (locale: string, zone: string): Intl.DateTimeFormat => dateTimes(`${locale}\n${zone}`);

const units = memo((key: string) => {
  const [locale, unit, digits] = key.split('\n');
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit,
    unitDisplay: 'short',
    maximumFractionDigits: Number(digits),
  });
});
const unit = (value: number, name: string, digits: number, locale: string): string =>
  units(`${locale}\n${name}\n${digits}`).format(value);

/** 12.9 s, 7 min 12 s, 2 h 3 min; sign kept. */
function duration(value: number, locale: string): string {
  const sign = value < 0 ? '−' : '';
  const seconds = Math.abs(value) / 1e6;
  const spaced = (amount: number, symbol: string, digits = 0): string =>
    `${new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(amount)}\u00a0${symbol}`;
  if (seconds < 1) return sign + spaced(seconds * 1000, 'ms', seconds < 0.01 ? 3 : 0);
  if (seconds < 60) return sign + spaced(seconds, 's', 1);
  const whole = Math.round(seconds);
  if (whole < 3600) return sign + join(spaced(Math.floor(whole / 60), 'min'), whole % 60, 's');
  if (whole < 172_800)
    return sign + join(spaced(Math.floor(whole / 3600), 'h'), Math.floor((whole % 3600) / 60), 'min');
  return (
    sign +
    join(spaced(Math.floor(whole / 86_400), locale === 'fr' ? 'j' : 'd'), Math.floor((whole % 86_400) / 3600), 'h')
  );
  function join(head: string, rest: number, symbol: string): string {
    return rest === 0 ? head : `${head} ${spaced(rest, symbol)}`;
  }
}

function bytes(value: number, locale: string): string {
  // the short form of one byte is a word in English, and the narrow one loses its blank
  if (value < 1000) return `${number(locale).format(value)}\u00a0${locale === 'fr' ? 'o' : 'B'}`;
  if (value < 1e6) return unit(value / 1e3, 'kilobyte', value < 1e4 ? 1 : 0, locale);
  if (value < 1e9) return unit(value / 1e6, 'megabyte', value < 1e7 ? 1 : 0, locale);
  return unit(value / 1e9, 'gigabyte', 1, locale);
}

function memo<Result>(make: (key: string) => Result): (key: string) => Result {
  const known = new Map<string, Result>();
  return (key) => {
    let result = known.get(key);
    if (result === undefined) known.set(key, (result = make(key)));
    return result;
  };
}
