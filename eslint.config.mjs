import tseslint from 'typescript-eslint'

export default tseslint.config(
  { ignores: ['build/', 'results/', 'node_modules/', '**/*.mjs', 'tests/**/*.js'] },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        project: ['tsconfig.json', 'tsconfig.node.json', 'tests/fixtures/tsconfig.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      'max-lines': ['error', { max: 200, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
      'max-params': ['error', 3],
      'no-console': 'error',
      // Numbers and booleans in messages are what we want to print.
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      // @types/k6 declares plain option objects as classes.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      // Short arrow functions that call a void function read better without braces.
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
    },
  },
  {
    // node:test returns promises that the runner itself awaits; a test's title is its length.
    files: ['**/*.test.ts'],
    rules: {
      '@typescript-eslint/no-floating-promises': 'off',
      'max-lines-per-function': 'off',
    },
  },
  {
    // k6's console is the only way a script can write to the run's log.
    files: ['scenarios/**', 'workloads/**', 'lib/**', 'tests/fixtures/**'],
    rules: { 'no-console': 'off' },
  },
  {
    // A declared function has a prototype: 0.7 KB for each virtual user, where an arrow has 0.02 KB.
    files: ['lib/**'],
    ignores: ['**/*.test.ts'],
    rules: {
      'func-style': ['error', 'expression'],
      // What users read and copy.
      'max-lines-per-function': ['error', { max: 30, skipBlankLines: true, skipComments: true }],
    },
  },
)
