/**
 * All checks, in the order in which a fault is cheapest to find: format, types, lint, imports, dead code, unit and walk
 * tests, build, size, flows in Chromium. Closes with `N passed, N failed, N skipped`. A static check counts as one test.
 *   node tools/test.mjs [step ...]
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { aptInstall, ensureChromium } from './chromium.mjs';

const inCi = Boolean(process.env.CI);
const has = (command) => spawnSync('sh', ['-c', `command -v ${command}`]).status === 0;
if (inCi) {
  // the peers that corpus and session tests compare with; tests skip, and say so, where they are absent
  const missing = [
    ['xz', 'xz-utils'],
    ['tshark', 'tshark'],
  ].filter(([command]) => !has(command));
  if (missing.length > 0) aptInstall(missing.map(([, name]) => name));
}

mkdirSync('test-results', { recursive: true });
const results = { unit: 'test-results/unit.json', flows: 'test-results/flows.json' };
for (const file of Object.values(results)) rmSync(file, { force: true });

const bin = (name, ...args) => ['node_modules/.bin/' + name, ...args];
const steps = {
  format: bin('prettier', '--check', '--log-level', 'warn', '.'),
  types: bin('svelte-check', '--fail-on-warnings', '--output', 'human', '--tsconfig', './tsconfig.json'),
  'worker types': bin('tsc', '-p', 'workers/tsconfig.json'),
  lint: bin('eslint', '--max-warnings', '0', '.'),
  imports: bin('depcruise', '--config', '.dependency-cruiser.cjs', 'src', 'workers'),
  'dead code': bin('knip'),
  unit: bin('vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile=${results.unit}`),
  build: bin('vite', 'build', '--logLevel', 'warn'),
  size: ['node', 'tools/size.mjs'],
  flows: bin('playwright', 'test'),
};
const chosen = process.argv.slice(2);
const count = { passed: 0, failed: 0, skipped: 0 };
const failures = [];

for (const [name, [command, ...args]] of Object.entries(steps)) {
  if (chosen.length > 0 && !chosen.includes(name)) continue;
  console.log(`\n── ${name}`);
  const started = Date.now();
  if (name === 'flows') ensureChromium();
  const { status } = spawnSync(command, args, { stdio: 'inherit', env: { ...process.env, FORCE_COLOR: '0' } });
  const counted = tally(name);
  if (!counted) count[status === 0 ? 'passed' : 'failed']++;
  // a runner that dies without a failed test has failed all the same
  else if (status !== 0 && counted.failed === 0) count.failed++;
  if (status !== 0) failures.push(name);
  console.log(`   ${status === 0 ? 'ok' : 'FAILED'} in ${((Date.now() - started) / 1000).toFixed(1)} s`);
}

function tally(name) {
  const file = results[name];
  if (!file || !existsSync(file)) return undefined;
  const report = JSON.parse(readFileSync(file, 'utf8'));
  const found =
    name === 'unit'
      ? {
          passed: report.numPassedTests,
          failed: report.numFailedTests,
          skipped: report.numPendingTests + report.numTodoTests,
        }
      : {
          passed: report.stats.expected + report.stats.flaky,
          failed: report.stats.unexpected,
          skipped: report.stats.skipped,
        };
  for (const key of Object.keys(count)) count[key] += found[key];
  return found;
}

if (failures.length > 0) console.log(`\nfailed: ${failures.join(', ')}`);
console.log(`\n${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped`);
process.exit(count.failed === 0 ? 0 : 1);
