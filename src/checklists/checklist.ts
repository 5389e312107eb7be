/**
 * A checklist: what the guides tell to collect, check, fix and set up on one platform. One data file a platform,
 * default export `checklist({...})`; `index.ts` finds it. Menu paths, field names and commands stay as printed; a
 * command that a guide misprints is given in its working form, with the printed one beside it.
 */
import type { FactId, Pbx } from '../facts/facts';
import { same, text, type Text } from '../text/text';

export type Phase = 'prereq' | 'collect' | 'check' | 'fix' | 'deploy' | 'warn' | 'limit' | 'note';
export const phases: Readonly<Record<Phase, Text>> = {
  prereq: text('Prerequisites', 'Prérequis'),
  collect: text('Collect', 'Collecter'),
  check: text('Check', 'Vérifier'),
  fix: text('Fix', 'Corriger'),
  deploy: text('Set up', 'Déployer'),
  warn: text('Take care', 'Attention'),
  limit: text('Limits', 'Limites'),
  note: text('Good to know', 'À savoir'),
};

/** A place in an interface, as the guide prints it. `gloss`: our translation into the other language, where it helps. */
export interface Where {
  readonly path: string;
  readonly printed: 'en' | 'fr';
  readonly gloss?: string;
}

export interface Command {
  /** The working form; `{slot}` takes a value. */
  readonly run: string;
  /** `shell`: a root or srx shell. `pbx`: the maintenance command line of a PBX. */
  readonly at: 'shell' | 'pbx';
  /** What the guide prints, where it does not work, and the inconsistency that says why. */
  readonly printed?: string;
  readonly slip?: string;
  readonly label?: Text;
}

export interface Slot {
  readonly name: string;
  readonly label: Text;
  readonly kind: 'host' | 'port' | 'digits';
  /** Value to fill in from what is known of the case. */
  readonly fact?: 'proxyHost' | 'proxyPort' | 'number';
}

export interface ChecklistStep {
  /** Row id of the catalogue; answers hang on it. */
  readonly id: string;
  readonly phase: Phase;
  readonly system: System;
  readonly ask: Text;
  readonly where?: Where;
  /** A second way to the same place, where the guides differ. */
  readonly orWhere?: Where;
  readonly commands?: readonly Command[];
  readonly slots?: readonly Slot[];
  readonly expected?: Text;
  readonly warning?: Text;
  /** Our remark on a slip or gap of the guide. */
  readonly remark?: Text;
  readonly source: string;
  /** `art.*` that it gives, `f.*` that it feeds. */
  readonly yields?: readonly string[];
  readonly feeds?: readonly string[];
  /**
   * What answers it: rule ids, catalogue rows (`f.*`, whatever rule implements them), or `rule|subject`. Found = failed, all
   * clear = passed. A step to collect is also done where a piece that it yields is loaded.
   */
  readonly settledBy?: readonly string[];
  /** Facts that a person reads at this step; they are asked for in it. */
  readonly facts?: readonly FactId[];
  /** Heading within a list that keeps its own order. */
  readonly section?: Text;
}

export interface Checklist {
  readonly id: string;
  readonly title: Text;
  /** Phone systems that it belongs to; all where absent. */
  readonly pbx?: readonly Pbx[];
  /** `phases`: grouped by phase. `tasks`: in order, each with who did it and when. */
  readonly form: 'phases' | 'tasks';
  readonly steps: readonly ChecklistStep[];
}

export const checklist = (data: Checklist): Checklist => data;

export const systems = {
  psi: text('Phone System Integration (PSI)', 'Intégration du système téléphonique (PSI)'),
  zoom: text('Zoom portal and client', 'Portail et client Zoom'),
  meetings: same('Zoom Meetings'),
  chat: same('Zoom Team Chat'),
  whiteboard: same('Zoom Whiteboard'),
  network: text('Network', 'Réseau'),
  mivb: same('MiVoice Business (MiVB)'),
  msl: same('Mitel Standard Linux (MSL)'),
  mbg: same('MiVoice Border Gateway (MBG)'),
  mv5000: same('MiVoice 5000'),
  os4k: same('OpenScape 4000'),
  osv: same('OpenScape Voice'),
  ossbc: same('OpenScape SBC'),
  daemon: text('CloudLink daemon', 'Démon CloudLink'),
  gateway: same('CloudLink Gateway'),
  platform: text('CloudLink platform', 'Plateforme CloudLink'),
  administration: same('Mitel Administration'),
} as const satisfies Record<string, Text>;
export type System = keyof typeof systems;

const forms: Readonly<Record<Slot['kind'], RegExp>> = {
  // a host name, IPv4 or bracketed IPv6; never a leading dash, which a shell command would read as an option
  host: /^(?:[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252})|\[[0-9A-Fa-f:.]{2,45}\])$/,
  port: /^[1-9]\d{0,4}$/,
  digits: /^\d{1,20}$/,
};

/** May this value go into a command? They are pasted into root shells: nothing but hosts, ports and digits may. */
export function fits(kind: Slot['kind'], value: string): boolean {
  return forms[kind].test(value) && (kind !== 'port' || Number(value) <= 65_535);
}

/** The command as it can be pasted; undefined while a slot is empty or holds what must not go in. */
export function filled(
  { run }: Command,
  slots: readonly Slot[],
  values: Readonly<Record<string, string>>,
): string | undefined {
  let complete = true;
  const result = run.replace(/\{(\w+)\}/g, (_, name: string) => {
    const slot = slots.find((one) => one.name === name);
    const value = values[name] ?? '';
    if (!slot || !fits(slot.kind, value)) complete = false;
    return value;
  });
  return complete ? result : undefined;
}
