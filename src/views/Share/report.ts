/**
 * The report as one HTML file without script, and as Markdown. Its language is chosen apart from the interface's.
 * Secrets are masked in every text that came out of evidence.
 */
import type { CaseState } from '../../analysis/desk';
import type { At } from '../../evidence/evidence';
import { provenanceRow } from '../../provenance/table';
import { maskSecrets } from '../../session/mask';
import { overview } from '../../text/ui/overview';
import { share } from '../../text/ui/share';
import { severityWords } from '../../text/ui/widgets';
import { timeText } from '../../widgets/time';
import { bareTitle, ruleOf, type Arranged, type Root } from '../Overview/model';
import { whereOf, type Place } from '../Overview/places';
import type { Voice } from '../Overview/ticket';
import { html, type Html } from './html';

export interface ReportInput {
  readonly title: string;
  readonly state: CaseState;
  readonly roots: readonly Root[];
  readonly groups: Arranged['groups'];
  readonly voice: Voice;
  readonly locale: string;
  /** ms since the epoch. */
  readonly now: number;
  describe(at: At): Promise<Place>;
}

const placesIn = 20;

const style = `
:root { color-scheme: light dark; }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; font: 15px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.2rem; margin-top: 2rem; } h3 { font-size: 1rem; margin: 0; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: start; padding: 4px 8px; border-bottom: 1px solid #8886; vertical-align: top; }
code, td.mono { font-family: ui-monospace, Consolas, monospace; font-size: 0.85em; overflow-wrap: anywhere; }
.num { text-align: end; } .dim { opacity: 0.7; font-size: 0.85em; }
article { border: 1px solid #8886; border-radius: 6px; padding: 0.8rem 1rem; margin: 0.8rem 0; break-inside: avoid-page; }
.sev { font-weight: 600; margin-inline-end: 0.6em; } .blocker, .error { color: light-dark(#a11, #f99); } .warning { color: light-dark(#7a4b00, #e9b44c); }
`;

export async function htmlReport(input: ReportInput): Promise<string> {
  const { title, state, roots, groups, voice, locale, now } = input;
  const { t, format } = voice;
  const time = (micros: number): string => timeText(micros, 'date-time', locale, state.zone);
  const articles: Html[] = [];
  for (const root of roots) articles.push(await article(root, input));
  const files = state.sources.map((): CaseState['artifacts'][number][] => []);
  for (const artifact of state.artifacts) files[artifact.source]!.push(artifact);
  const spans = state.sources.map((source, index) => {
    const own = files[index]!;
    const timed = own.filter(({ from }) => Number.isFinite(from));
    return {
      source,
      records: own.reduce((sum, { records }) => sum + records, 0),
      from: timed.length ? Math.min(...timed.map(({ from }) => from)) : NaN,
      to: timed.length ? Math.max(...timed.map(({ to }) => to)) : NaN,
    };
  });
  const page = html`<body>
    <h1>${t(share.reportTitle, { title })}</h1>
    <p class="dim">
      ${t(share.written, { time: timeText(now * 1000, 'date-time', locale, state.zone) })}
      ${t(share.times, { zone: state.zone })}
    </p>
    <p>
      ${t(overview.counts, { roots: roots.length, under: roots.reduce((sum, { consequences }) => sum + consequences.length, 0) })}
    </p>
    ${articles}
    ${
      groups['not-evaluated'].length === 0
        ? ''
        : html`<h2>${t(share.notEvaluated)}</h2>
            <table>
              ${groups['not-evaluated'].map((finding) => {
                const rule = ruleOf(finding);
                const missing = finding.missing.map((id) => {
                  const piece = provenanceRow(id);
                  return piece ? t(piece.name) : id;
                });
                return html`<tr>
                  <td>${rule ? bareTitle(rule.title, t) : finding.rule}</td>
                  <td>
                    ${missing.length ? t(overview.missing, { list: { list: missing } }) : finding.guards.join(', ')}
                  </td>
                </tr>`;
              })}
            </table>`
    }
    <h2>${t(share.sources)}</h2>
    <table>
      <tr>
        <th>${t(share.name)}</th>
        <th>${t(share.from)}</th>
        <th>${t(share.to)}</th>
        <th class="num">${t(share.records)}</th>
        <th>${t(share.digest)}</th>
      </tr>
      ${spans.map(
        ({ source, records, from, to }) =>
          html`<tr>
            <td>${source.name}</td>
            <td>${time(from)}</td>
            <td>${time(to)}</td>
            <td class="num">${format(records)}</td>
            <td class="mono">${source.sha256}</td>
          </tr>`,
      )}
    </table>
  </body>`;
  const policy = "default-src 'none'; style-src 'unsafe-inline'";
  const head = html`<meta charset="utf-8" /><meta name="viewport" content="width=device-width, initial-scale=1" /><meta
      http-equiv="Content-Security-Policy"
      content="${policy}"
    /><title>${t(share.reportTitle, { title })}</title>`;
  return `<!doctype html>\n${
    html`<html lang="${locale}">
      <head>
        ${head}${{ markup: `<style>${style}</style>` }}</head
      >${page}
    </html>`.markup
  }\n`;
}

async function article(
  { finding, rule, consequences }: Root,
  { state, voice, locale, describe }: ReportInput,
): Promise<Html> {
  const { t, format } = voice;
  const rows: Html[] = [];
  for (const at of finding.at.slice(0, placesIn)) {
    const place = await describe(at).catch((): Place => ({
      where: whereOf(at, state.artifacts[at.artifact]),
      time: NaN,
      text: '',
    }));
    rows.push(
      html`<tr>
        <td>${place.where}</td>
        <td>${timeText(place.time, 'time-ms', locale, state.zone)}</td>
        <td class="mono">${maskSecrets(place.text)}</td>
      </tr>`,
    );
  }
  const mark = state.notes.findings[finding.key];
  return html`<article>
    <h3>
      <span class="sev ${finding.severity}">${t(severityWords[finding.severity])}</span
      >${maskSecrets(t(rule.title, finding.values))}
    </h3>
    <p>${maskSecrets(t(rule.seen, finding.values))}</p>
    ${mark?.state ? html`<p class="dim">${t(share.marked, { state: mark.state === 'handled' ? overview.handled : overview.irrelevant })}</p>` : ''}
    ${mark?.note ? html`<p>${t(overview.note)}: ${maskSecrets(mark.note)}</p>` : ''}
    ${
      rows.length > 0
        ? html`<table>
            ${rows}
          </table>`
        : ''
    }
    ${finding.at.length > placesIn ? html`<p class="dim">${t(overview.morePlaces, { count: finding.at.length - placesIn })}</p>` : ''}
    <p>
      <strong>${t(rule.causeIs === 'cause' ? overview.cause : overview.symptomOf)}</strong
      ><br />${t(rule.cause, finding.values)}
    </p>
    ${
      rule.steps.length > 0
        ? html`<p><strong>${t(overview.steps)}</strong></p>
            <ol>
              ${rule.steps.map(
                (step) =>
                  html`<li>
                    ${t(step.do, finding.values)}${step.where ? html` <span class="dim">(${step.where})</span>` : ''}${step.command ? html`<br /><code>${step.command}</code>` : ''}
                  </li>`,
              )}
            </ol>`
        : ''
    }
    ${
      consequences.length > 0
        ? html`<p><strong>${t(overview.consequencesOf)}</strong></p>
            <ul>
              ${consequences.map(
                ({ finding: under, rule: of }) =>
                  html`<li>
                    ${t(severityWords[under.severity])}: ${maskSecrets(t(of.title, under.values))}
                    (${format(under.count)})
                  </li>`,
              )}
            </ul>`
        : ''
    }
    <p class="dim">
      ${t(/^(EN|FR)\b/.test(rule.source) ? overview.source : overview.sourceRfc, { source: rule.source, rule: rule.id })}
    </p>
  </article>`;
}
