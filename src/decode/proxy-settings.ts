/**
 * Proxy variables in whatever file sets them (EN 6.3.3 names `HTTPS_PROXY` and `NO_PROXY` and no file):
 *
 *   export https_proxy=http://proxy.example:3128
 *   Environment="HTTPS_PROXY=http://10.0.0.5:3128" "NO_PROXY=localhost,.example"     (systemd)
 *   "HTTPS_PROXY": "http://10.0.0.5:3128"                                            (JSON, YAML)
 */
export interface ProxySetting {
  readonly name: 'https' | 'http' | 'all' | 'none';
  /** Without quotes; may be empty. */
  readonly value: string;
  /** Line, from 0. */
  readonly line: number;
}

const setting =
  /(?:^|[\s"'{,;])(https?|all|no)_proxy["']?\s{0,8}[=:]\s{0,8}(?:"([^"]{0,2000})"|'([^']{0,2000})'|([^\s"',}]{0,2000}))/gi;
/** A NO_PROXY list has commas in it. */
const exceptions =
  /(?:^|[\s"'{;])no_proxy["']?\s{0,8}[=:]\s{0,8}(?:"([^"]{0,4000})"|'([^']{0,4000})'|([^\s"'}]{0,4000}))/i;
const names = { https: 'https', http: 'http', all: 'all', no: 'none' } as const;

export const setsProxy = (line: string): boolean =>
  /^\s*(?:export\s+|set\s+|declare\s+-x\s+|(?:Default)?Environment\s*=\s*)?["']?(?:https?|all|no)_proxy["']?\s*[=:](?!=)/i.test(
    line,
  );

/** The later of two settings of one name wins, as a shell has it; comments set nothing. */
export function readProxySettings(lines: readonly string[]): readonly ProxySetting[] {
  const found = new Map<string, ProxySetting>();
  lines.forEach((line, n) => {
    if (!/_proxy/i.test(line) || /^\s*[#;]/.test(line)) return;
    for (const [, word, double, single, bare] of line.slice(0, 8000).matchAll(setting)) {
      const name = names[word!.toLowerCase() as keyof typeof names];
      const whole = name === 'none' ? exceptions.exec(line) : undefined;
      const value = whole ? (whole[1] ?? whole[2] ?? whole[3]) : (double ?? single ?? bare);
      found.set(name, { name, value: (value ?? '').trim(), line: n });
    }
  });
  return [...found.values()];
}
