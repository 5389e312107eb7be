/** Columns of the people table: what each shows, what a click on it filters by, which are there from the start. */
import type { UserRow } from '../../analysis/desk';
import type { Text } from '../../text/text';
import type { Column } from '../../widgets/columns';
import { issueTerm } from './issues';
import { usersText } from './text';

type Say = (text: Text) => string;

interface UserColumn extends Omit<Column<UserRow>, 'title'> {
  readonly title: Text;
  /** Key of the filter language. */
  readonly key: string;
  /** Not shown until asked for. */
  readonly extra?: true;
}

const all: readonly UserColumn[] = [
  { id: 'name', key: 'name', title: usersText.name, width: 'minmax(110px, 1fr)', text: ({ name }) => name },
  { id: 'email', key: 'email', title: usersText.email, width: 'minmax(136px, 1.6fr)', text: ({ email }) => email },
  {
    id: 'issues',
    key: 'issue',
    title: usersText.issues,
    width: 'minmax(170px, 1.2fr)',
    text: ({ issues }) => issues.map(({ code }) => code).join(', '),
    filter: ({ issues }) => (issues[0] ? issueTerm(issues[0].known || issues[0].code) : 'issue:none'),
  },
  {
    id: 'licenses',
    key: 'license',
    title: usersText.licenses,
    width: 'minmax(90px, 0.7fr)',
    text: ({ licenses }) => licenses.replace(/[[\]"]/g, ''),
    extra: true,
  },
  {
    id: 'status',
    key: 'status',
    title: usersText.zoom,
    width: '68px',
    text: ({ status }) => status,
    filter: ({ status }) => (status ? `status:${status}` : undefined),
  },
  {
    id: 'desktop',
    key: 'desktop',
    title: usersText.desktop,
    width: 'minmax(68px, 0.5fr)',
    align: 'end',
    text: ({ desktop }) => desktop,
  },
  {
    id: 'mobile',
    key: 'mobile',
    title: usersText.mobile,
    width: 'minmax(68px, 0.5fr)',
    align: 'end',
    text: ({ mobile }) => mobile,
  },
  {
    id: 'registered',
    key: 'registered',
    title: usersText.registered,
    width: '96px',
    text: ({ registration }) => (registration ? `${registration.outcome} ${registration.host}` : ''),
    filter: ({ registration }) => (registration ? `registered:${registration.outcome}` : 'registered:no'),
  },
  {
    id: 'listed',
    key: 'listed',
    title: usersText.listed,
    width: '104px',
    text: ({ listed }) => (listed ? listed.contact || listed.status || '✓' : ''),
    filter: ({ listed }) => (listed ? 'listed:yes' : 'listed:no'),
  },
  {
    id: 'calls',
    key: 'calls',
    title: usersText.calls,
    width: '64px',
    align: 'end',
    text: ({ calls, failedCalls }) => (calls ? `${calls} (${failedCalls})` : ''),
    filter: ({ calls, failedCalls }) => (failedCalls ? 'calls:failed' : calls ? 'calls:any' : undefined),
  },
  {
    id: 'pushes',
    key: 'pushes',
    title: usersText.pushes,
    width: '64px',
    align: 'end',
    text: ({ pushes, failedPushes }) => (pushes ? `${pushes} (${failedPushes})` : ''),
    filter: ({ pushes, failedPushes }) => (failedPushes ? 'pushes:failed' : pushes ? 'pushes:any' : undefined),
  },
  {
    id: 'events',
    key: 'events',
    title: usersText.events,
    width: '88px',
    align: 'end',
    text: ({ events }) => String(events || ''),
    filter: ({ events }) => (events ? 'events:any' : 'events:none'),
  },
  {
    id: 'clUserId',
    key: 'cluserid',
    title: usersText.clUserId,
    width: 'minmax(120px, 1fr)',
    mono: true,
    text: ({ clUserId }) => clUserId,
    extra: true,
  },
  {
    id: 'zmUserId',
    key: 'zmuserid',
    title: usersText.zmUserId,
    width: 'minmax(120px, 1fr)',
    mono: true,
    text: ({ zmUserId }) => zmUserId,
    extra: true,
  },
];

export const columnNames: readonly { readonly id: string; readonly title: Text }[] = all.map(({ id, title }) => ({
  id,
  title,
}));

/** Columns there from the start; those of evidence that nobody loaded stay away. */
export const usualColumns = (has: { readonly listed: boolean; readonly pushes: boolean }): readonly string[] =>
  all
    .filter(({ id, extra }) => !extra && (id !== 'listed' || has.listed) && (id !== 'pushes' || has.pushes))
    .map(({ id }) => id);

export const columnsOf = (shown: readonly string[], t: Say): Column<UserRow>[] =>
  all
    .filter(({ id }) => shown.includes(id))
    .map(({ extra: _extra, key: _key, ...column }) => ({ ...column, title: t(column.title), sortable: true }));

/** Terms of the fields above the columns: `>3`, `=4142` as typed, else a part of the text. */
export function columnTerms(filters: Readonly<Record<string, string>>): string {
  return all
    .flatMap(({ id, key }) => {
      const text = (Object.hasOwn(filters, id) ? filters[id]! : '').trim().replaceAll('"', '');
      if (text === '') return [];
      const [, operator = ':', value = ''] = /^(>=|<=|>|<|=)?\s*(.*)$/.exec(text) ?? [];
      return [`${key}${operator}"${value}"`];
    })
    .join(' ');
}
