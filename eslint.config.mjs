import { join } from 'node:path';
import comments from '@eslint-community/eslint-plugin-eslint-comments';
import perfectionist from 'eslint-plugin-perfectionist';
import tseslint from 'typescript-eslint';
import { noForeignPrivate } from './tools/check/walls/no-foreign-private.mjs';

const constructorDependencies = {
  selector: "MethodDefinition[kind='constructor'] > FunctionExpression[params.length>5]",
  message: 'A class takes at most five dependencies: it does two things, split it.',
};
const forwardReference = {
  selector: "CallExpression[callee.name='forwardRef']",
  message: 'A cycle of modules: the shape is wrong, not the order.',
};
const unboundedInteger = {
  selector: "CallExpression[callee.type='MemberExpression'][callee.property.name=/^u?int(32|64)?$/]",
  message: 'A whole number is int() or bigint() of contracts/kernel/integer, which fit the columns of PostgreSQL.',
};
/** What "now" and "today" are has two owners: `Clock` and `contracts/kernel/civil-time`. Parsing an instant is free. */
const civilTime = [
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'Now comes from Clock.' },
  { selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']", message: 'Now comes from Clock; what is only elapsed comes from performance.now().' },
  { selector: "CallExpression[callee.object.name='Date'][callee.property.name='UTC']", message: 'Civil dates are counted in contracts/kernel/civil-time.' },
  {
    selector: 'CallExpression[callee.property.name=/^[gs]et(?:UTC)?(?:Date|Day|Month|FullYear|Hours|Minutes)$/]',
    message: 'Civil dates are counted in contracts/kernel/civil-time.',
  },
  { selector: 'Literal[value=86400000]', message: 'Days are counted in contracts/kernel/civil-time, which names DAY_MS.' },
];
/** An event has nobody who catches what its listener throws. */
const survivingListeners = [
  {
    selector: "CallExpression[callee.property.name=/^(on|once|addListener)$/][arguments.length=2][arguments.0.type='Literal']:not([arguments.1.callee.name='surviving']):not([arguments.1.body.name=/^undefined$/])",
    message: 'A listener that throws ends the process: wrap it in surviving() of platform/kernel.',
  },
  { selector: "CallExpression[callee.name='setInterval']", message: 'A timer that throws ends the process: use every() of platform/kernel/surviving.' },
];
const engineFlags = {
  selector: "CallExpression[callee.name='setFlagsFromString']",
  message: 'Flags of V8 belong to the command that starts a process.',
};
const classToken = {
  selector: "Decorator > CallExpression[callee.name='Inject'] > Identifier.arguments[name=/^[A-Z][a-z]/]",
  message: 'A class is injected by the type of the parameter; @Inject() is for tokens that are no class.',
};
const leftOutTest = { selector: 'CallExpression[callee.object.name=/^(it|describe|test)$/][callee.property.name=/^(only|skip)$/]', message: 'A test that is left out proves nothing.' };
const shapes = [constructorDependencies, forwardReference, unboundedInteger, engineFlags, classToken, leftOutTest];
const rules = {
  'max-lines': ['error', { max: 300 }],
  'no-restricted-syntax': ['error', ...shapes],
  'no-restricted-properties': [
    'error',
    { object: 'process', property: 'env', message: 'The environment is read in platform/config only.' },
  ],
  '@typescript-eslint/no-explicit-any': 'error',
  '@typescript-eslint/no-floating-promises': 'error',
  '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { arguments: false, attributes: false } }],
  '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
  '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports', prefer: 'type-imports' }],
  '@typescript-eslint/only-throw-error': 'error',
  '@typescript-eslint/await-thenable': 'error',
  '@typescript-eslint/ban-ts-comment': ['error', { 'ts-expect-error': { descriptionFormat: '^ -- \\S' } }],
  '@eslint-community/eslint-comments/require-description': 'error',
  'muster/no-foreign-private': 'error',
  eqeqeq: ['error', 'always'],
  // One order everywhere, so that two branches which add imports to a file rarely conflict.
  'perfectionist/sort-imports': [
    'error',
    { groups: ['side-effect', 'builtin', 'external', 'parent', 'sibling'], internalPattern: [], newlinesBetween: 0, sortSideEffects: false },
  ],
  'no-console': 'error',
};

export default tseslint.config(
  {
    ignores: ['**/dist/**', '**/.types/**', '**/node_modules/**', '.muster/**', '**/generated.ts', '**/generated/**', '!libs/platform/src/testing/generated/**', 'frontend/src/locales/**', 'tools/check/walls/fixtures/**'],
  },
  {
    files: ['apps/**/*.ts', 'libs/**/*.ts', 'frontend/**/*.{ts,tsx}', '{tools,verification}/**/*.ts'],
    extends: [tseslint.configs.base],
    plugins: { '@eslint-community/eslint-comments': comments, muster: { rules: { 'no-foreign-private': noForeignPrivate } }, perfectionist },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules,
  },
  {
    // Decorated classes: the imported class is the injection token, so that a type import would lose it.
    files: ['apps/**/*.ts', 'libs/platform/**/*.ts'],
    rules: { '@typescript-eslint/consistent-type-imports': 'off' },
  },
  {
    files: ['apps/**/src/**/*.ts', 'libs/**/*.ts'],
    ignores: ['libs/platform/src/clock/**', 'libs/platform/src/kernel/ids.ts', 'libs/contracts/src/kernel/civil-time.ts', 'libs/platform/src/testing/**', '**/*spec.ts', '**/*.fixture.ts'],
    rules: { 'no-restricted-syntax': ['error', ...shapes, ...civilTime] },
  },
  {
    files: ['apps/{auth,user,matching,communication,notification}/src/**/*.ts', 'apps/standalone/src/front-door/**/*.ts', 'libs/platform/src/**/*.ts'],
    ignores: ['libs/platform/src/kernel/surviving.ts', 'libs/platform/src/clock/**', 'libs/platform/src/kernel/ids.ts', 'libs/platform/src/testing/**', '**/*spec.ts', '**/*.fixture.ts'],
    rules: { 'no-restricted-syntax': ['error', ...shapes, ...civilTime, ...survivingListeners] },
  },
  {
    // The web app has one clock, which the server puts right; the browser's is asked there alone.
    files: ['frontend/src/**/*.{ts,tsx}'],
    ignores: ['frontend/src/lib/clock/**', '**/*spec.ts'],
    rules: { 'no-restricted-syntax': ['error', ...shapes, ...civilTime] },
  },
  // The one place where the bounds of whole numbers are given.
  { files: ['libs/contracts/src/kernel/integer.ts'], rules: { 'no-restricted-syntax': ['error', constructorDependencies, forwardReference, ...civilTime] } },
  // Crash points are named to a build that is crashed on purpose, never to an operator.
  { files: ['libs/platform/src/config/**', 'libs/platform/src/messaging/crash-points.ts'], rules: { 'no-restricted-properties': 'off' } },
  {
    // Programs for a terminal, and tests that start processes.
    files: ['{tools,verification}/**/*.ts', 'apps/standalone/src/**/*.ts', '**/*.spec.ts', '**/*.int-spec.ts', '**/*.fixture.ts', '**/test/**/*.ts', 'libs/platform/src/testing/**/*.ts', 'frontend/e2e/**/*.ts'],
    rules: { 'no-restricted-properties': 'off', 'no-console': 'off' },
  },
  {
    // Fixtures that break a rule each; `tools/check/walls/check-walls.mjs` asserts that they are refused.
    files: [join('tools', 'check', 'walls', 'lint-fixtures', '**', '*.ts')],
    rules: {},
  },
);
