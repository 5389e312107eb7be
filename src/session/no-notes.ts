/** A session to which nobody added anything. Apart from `notes.ts`: the page needs this before any session file. */
import type { Notes } from './notes';

export const noNotes: Notes = {
  title: '',
  findings: {},
  answers: {},
  fields: {},
  slots: {},
  lanes: {},
  excluded: [],
  kinds: {},
  legs: { joined: [], parted: [] },
  provenance: {},
  ladder: { order: [], hidden: [], split: [] },
  filters: {},
  columns: {},
  ticks: {},
  raised: [],
};
