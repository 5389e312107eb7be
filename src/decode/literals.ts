/**
 * What must stand in a text for a regular expression to hit it: `/(?:no such host|i\/o timeout).{0,20}x509/` hits nothing
 * without `x509`. Used to look for many expressions at once (`finder.ts`); where nothing is sure, nothing is claimed.
 */

/** `exact`: every text that the part matches; `needs`: one of these occurs in every match. Both in lower case. */
interface Part {
  readonly exact: readonly string[] | undefined;
  readonly needs: readonly string[] | undefined;
  /** Of a sequence: every set of which one occurs. */
  readonly sets?: readonly (readonly string[] | undefined)[];
}
const unknown: Part = { exact: undefined, needs: undefined };
const empty: Part = { exact: [''], needs: undefined };

const mostExact = 24;
const shortest = 2;
const mostSets = 4;

/** One of these (lower case, ASCII) occurs in every text that the expression hits; undefined where none can be named. */
export function requiredLiterals(source: string): readonly string[] | undefined {
  const reader = { source, at: 0 };
  const part = alternatives(reader);
  if (!part || reader.at !== source.length) return undefined;
  return best([part.exact, part.needs]);
}

/**
 * The same, closer: the alternatives of the expression, for each the sets of which one literal must occur, all of them.
 * `/link.{0,9}(?:up|down)|reset/` → `[[['link'], ['up', 'down']], [['reset']]]`.
 */
export function requiredSets(source: string): readonly (readonly (readonly string[])[])[] | undefined {
  const reader = { source, at: 0 };
  const options: (readonly (readonly string[])[])[] = [];
  for (;;) {
    const part = sequence(reader);
    const sets = (part?.exact ? [part.exact] : (part?.sets ?? [])).filter(
      (set) => set !== undefined && set.length > 0 && set.every((literal) => literal.length >= shortest),
    ) as (readonly string[])[];
    if (sets.length === 0) return undefined;
    options.push(sets.slice(0, mostSets));
    if (source[reader.at] !== '|') break;
    reader.at++;
  }
  return reader.at === source.length ? options : undefined;
}

/** The set whose shortest literal is longest; then the smaller set. */
function best(sets: readonly (readonly string[] | undefined)[]): readonly string[] | undefined {
  let chosen: readonly string[] | undefined;
  let length = shortest - 1;
  for (const set of sets) {
    if (!set || set.length === 0) continue;
    const own = Math.min(...set.map((literal) => literal.length));
    if (own > length || (own === length && chosen && set.length < chosen.length)) {
      chosen = set;
      length = own;
    }
  }
  return chosen;
}

interface Source {
  readonly source: string;
  at: number;
}

function alternatives(reader: Source): Part | undefined {
  const parts: Part[] = [];
  for (;;) {
    const part = sequence(reader);
    if (!part) return undefined;
    parts.push(part);
    if (reader.source[reader.at] !== '|') break;
    reader.at++;
  }
  if (parts.length === 1) return parts[0];
  const exact = parts.every((part) => part.exact) ? parts.flatMap((part) => part.exact!) : undefined;
  const needs = parts.map((part) => best([part.exact, part.needs]));
  return {
    exact: exact && exact.length <= mostExact ? exact : undefined,
    needs: needs.every((set) => set !== undefined) ? [...new Set(needs.flatMap((set) => set!))] : undefined,
  };
}

function sequence(reader: Source): Part | undefined {
  let run: readonly string[] = [''];
  let whole = true;
  const sets: (readonly string[] | undefined)[] = [];
  const { source } = reader;
  while (reader.at < source.length && source[reader.at] !== '|' && source[reader.at] !== ')') {
    const atom = quantified(reader);
    if (!atom) return undefined;
    const { exact } = atom;
    if (exact && exact.length * run.length <= mostExact) {
      run = run.flatMap((head) => exact.map((tail) => head + tail));
      continue;
    }
    sets.push(run, atom.needs);
    // what ends an unsure part may still begin the next run
    run = exact ?? [''];
    whole = false;
  }
  sets.push(run);
  return whole ? { exact: run, needs: undefined } : { exact: undefined, needs: best(sets), sets };
}

function quantified(reader: Source): Part | undefined {
  const part = atom(reader);
  if (!part) return undefined;
  const match = /^(?:[*+?]|\{(\d+)(?:,\d*)?\})\??/.exec(reader.source.slice(reader.at, reader.at + 16));
  if (!match) return part;
  reader.at += match[0].length;
  const sign = match[0][0];
  if (sign === '?' && part.exact) return { exact: [...part.exact, ''], needs: undefined };
  if (sign === '*' || sign === '?' || match[1] === '0') return unknown;
  if (match[0] === '{1}') return part;
  return { exact: undefined, needs: best([part.exact, part.needs]) };
}

function atom(reader: Source): Part | undefined {
  const { source } = reader;
  const sign = source[reader.at]!;
  if (sign === '(') return group(reader);
  if (sign === '[') return characterClass(reader);
  if (sign === '\\') return escape(reader);
  reader.at++;
  if (sign === '^' || sign === '$') return empty;
  if (sign === '.') return unknown;
  if (sign === '*' || sign === '+' || sign === '?') return undefined;
  return letter(sign);
}

const letter = (sign: string): Part =>
  sign.length === 1 && sign.charCodeAt(0) < 128 ? { exact: [sign.toLowerCase()], needs: undefined } : unknown;

function group(reader: Source): Part | undefined {
  const head = /^\((?:\?(?::|=|!|<=|<!|<[A-Za-z_$][\w$]*>))?/.exec(reader.source.slice(reader.at, reader.at + 80))!;
  // flags inside a group and what else may come
  if (head[0] === '(' && reader.source[reader.at + 1] === '?') return undefined;
  reader.at += head[0].length;
  const inner = alternatives(reader);
  if (!inner || reader.source[reader.at] !== ')') return undefined;
  reader.at++;
  if (head[0] === '(?!' || head[0] === '(?<!') return empty;
  // what is looked for ahead or behind takes no room, yet it must be there
  if (head[0] === '(?=' || head[0] === '(?<=') return { exact: undefined, needs: best([inner.exact, inner.needs]) };
  return inner;
}

function characterClass(reader: Source): Part | undefined {
  const body = /^\[\^?\]?(?:[^\\\]]|\\.)*\]/s.exec(reader.source.slice(reader.at, reader.at + 400));
  if (!body) return undefined;
  reader.at += body[0].length;
  const members = body[0].slice(1, -1);
  if (members.length > 6 || /[\\^]/.test(members) || members.slice(1, -1).includes('-')) return unknown;
  const exact = [...new Set(members.toLowerCase())];
  return exact.every((member) => member.charCodeAt(0) < 128) ? { exact, needs: undefined } : unknown;
}

const controls: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', f: '\f', v: '\v' };

function escape(reader: Source): Part | undefined {
  const code = /^\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|[pP]\{[^}]{1,40}\}|(.))/s.exec(
    reader.source.slice(reader.at, reader.at + 50),
  );
  if (!code) return undefined;
  reader.at += code[0].length;
  const hex = code[1] ?? code[2];
  if (hex) return letter(String.fromCharCode(parseInt(hex, 16)));
  const sign = code[3];
  if (sign === undefined || /[dDwWsS]/.test(sign)) return unknown;
  if (sign === 'b' || sign === 'B') return empty;
  if (sign in controls) return letter(controls[sign]!);
  // back references and what this reader does not know
  return /[A-Za-z0-9]/.test(sign) ? undefined : letter(sign);
}
