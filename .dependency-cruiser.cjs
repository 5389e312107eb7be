/** Who may import whom: an allow-list, the table of ARCHITECTURE.md. */
const below = [
  'base',
  'text',
  'decode',
  'evidence',
  'artifacts',
  'xz',
  'intake',
  'provenance',
  'facts',
  'rules',
  'checklists',
  'analysis',
  'session',
];
const allowed = {
  base: [],
  text: ['base'],
  xz: ['base'],
  decode: ['base'],
  evidence: ['base', 'text'],
  artifacts: ['base', 'text', 'decode', 'evidence'],
  intake: ['base', 'text', 'evidence', 'artifacts', 'provenance', 'decode', 'xz'],
  provenance: ['base', 'text', 'evidence', 'facts'],
  facts: ['base', 'text', 'evidence'],
  rules: ['base', 'text', 'evidence', 'facts', 'provenance', 'session/mask'],
  checklists: ['text', 'facts'],
  session: ['base', 'text', 'evidence', 'facts'],
  analysis: below.filter((folder) => folder !== 'checklists'),
  state: ['base', 'text', 'evidence', 'session', 'rules', 'checklists', 'provenance', 'facts'],
  widgets: ['base', 'text', 'evidence'],
  views: [
    'base',
    'text',
    'evidence',
    'facts',
    'rules',
    'checklists',
    'provenance',
    'session',
    'analysis',
    'state',
    'widgets',
    'csp',
  ],
};
const rules = Object.entries(allowed).map(([from, to]) => ({
  name: `${from}-imports`,
  severity: 'error',
  from: { path: `^src/${from}/`, pathNot: '^src/state/engine\\.ts$' },
  to: {
    path: '^(src|workers|tests|tools)/',
    pathNot: [from, ...to].map((folder) => `^src/${folder}(/|\\.ts$)`),
    // types may be looked at from above: the desk's from state and views, a rule's Need from provenance
    dependencyTypesNot: ['type-only'],
  },
}));

module.exports = {
  forbidden: [
    ...rules,
    {
      name: 'no-cycles',
      severity: 'error',
      from: { path: '^src' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'workers-only-from-engine',
      severity: 'error',
      from: { path: '^src', pathNot: '^src/state/engine\\.ts$' },
      to: { path: '^workers/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-node-in-the-product',
      severity: 'error',
      from: { path: '^(src|workers)' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'no-tests-in-the-product',
      severity: 'error',
      from: { path: '^(src|workers)' },
      to: { path: '^(tests|tools)/' },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { extensions: ['.ts', '.svelte', '.js', '.mjs'] },
  },
};
