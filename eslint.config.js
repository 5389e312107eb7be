import js from '@eslint/js';
import compat from 'eslint-plugin-compat';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';

export default ts.config(
  // sw.ts has the types of a service worker: checked by the workers' tsconfig
  { ignores: ['dist/', 'node_modules/', '.cache/', 'public/', 'test-results/', 'src/sw.ts'] },
  js.configs.recommended,
  ...ts.configs.recommended,
  ...svelte.configs.recommended,
  {
    languageOptions: {
      globals: { ...globals.browser, ...globals.worker },
      parserOptions: { projectService: true, extraFileExtensions: ['.svelte'], parser: ts.parser },
    },
  },
  {
    files: ['src/**/*.ts', 'src/**/*.svelte', 'workers/**/*.ts', 'tests/**/*.ts', 'tools/**/*.ts'],
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      // `table.column[row]!` is how columns are read; bounds are the loop's
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'no-control-regex': 'off',
      'no-undef': 'off',
      eqeqeq: 'error',
      'no-console': 'error',
      'no-eval': 'error',
      'no-restricted-syntax': [
        'error',
        {
          selector: 'MemberExpression[property.name=/^(innerHTML|outerHTML|insertAdjacentHTML)$/]',
          message: 'Foreign text reaches the page through text nodes only.',
        },
      ],
      'svelte/no-at-html-tags': 'error',
      'svelte/no-navigation-without-resolve': 'off',
      'svelte/prefer-svelte-reactivity': 'off',
      // it reads the reason behind an ignore as further codes; svelte-check reports unused ones
      'svelte/no-unused-svelte-ignore': 'off',
      // `{'\u00a0'}` and the like keep blanks that a template would fold
      'svelte/no-useless-mustaches': 'off',
    },
  },
  {
    files: ['src/**/*.ts', 'src/**/*.svelte', 'workers/**/*.ts'],
    ...compat.configs['flat/recommended'],
    settings: { browsers: ['chrome >= 109', 'edge >= 109', 'firefox >= 115'] },
  },
  { files: ['tools/**', 'tests/**', '*.ts', '*.js'], rules: { 'no-console': 'off' } },
  // Playwright reads the names of fixtures from the pattern, an empty one included
  { files: ['tests/flows/**'], rules: { 'no-empty-pattern': 'off' } },
  {
    files: ['*.js', '*.cjs', '**/*.mjs'],
    ...ts.configs.disableTypeChecked,
    languageOptions: { globals: globals.node, parserOptions: { projectService: false, program: null, project: false } },
  },
);
