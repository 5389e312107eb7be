import './lockdown';
import { expose } from 'comlink';
import { searchFile } from '../src/analysis/search';
import { holdLife } from '../src/base/life';

const worker = { searchFile };
export type SearchWorker = typeof worker;

expose(worker);
holdLife(self.name, (word) => self.postMessage(word));
