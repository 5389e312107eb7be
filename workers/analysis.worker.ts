import './lockdown';
import { expose } from 'comlink';
import { holdLife } from '../src/base/life';
import { createDesk } from '../src/analysis/create-desk';
import { readerMark } from '../src/analysis/reader-mark';
import { rules, ruleWants } from '../src/rules';
import { lockedSessions, lockSession } from '../src/session/lock';
import { createStore } from '../src/session/store';

expose(
  createDesk({
    rules,
    computerZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    store: createStore(),
    lock: lockSession,
    held: lockedSessions,
    owns: true,
    mark: readerMark(ruleWants),
  }),
);
holdLife(self.name, (word) => self.postMessage(word));
