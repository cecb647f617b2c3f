// `npm run mutate`: StrykerJS changes rules, policies, guards and auth's gate, and what the unit tests do not notice is listed.
// `npm run mutate -- --mutate 'apps/auth/src/**/*.rules.ts'` mutates a part.
import { createRequire } from 'node:module';

const { projects: [unitTests] } = createRequire(import.meta.url)('./jest.config.cjs');
/** Besides what is called a rule, a policy or a guard: what decides alone who is let in, what is told and what is retried. */
const more = [
  'apps/auth/src/gate/token-gate.ts', 'libs/platform/src/auth/strict-jws.ts', 'libs/platform/src/config/define-config.ts', 'libs/platform/src/health/health.controller.ts',
  'libs/platform/src/logging/redaction.ts', 'libs/platform/src/resilience/retry-budget.ts',
];

export default {
  testRunner: 'jest',
  plugins: ['@stryker-mutator/jest-runner'],
  jest: {
    configFile: 'jest.config.cjs',
    config: { ...unitTests, rootDir: undefined, displayName: undefined, projects: undefined, testMatch: ['**/{apps,libs}/**/*.spec.ts'], modulePathIgnorePatterns: ['/dist/', '/.types/'], collectCoverageFrom: undefined, coverageThreshold: undefined },
  },
  coverageAnalysis: 'perTest',
  ignoreStatic: true,
  mutate: ['{apps,libs}/**/*.{rules,policy,guard}.ts', '!libs/platform/src/testing/**', ...more],
  // A message of a log or an error is no decision.
  mutator: { excludedMutations: ['StringLiteral', 'ObjectLiteral', 'ArrayDeclaration'] },
  ignorePatterns: ['docs', 'charts', 'coverage', 'frontend', 'verification', '.muster', 'test-results', '**/dist', '**/.types', 'release'],
  tempDirName: '.muster/stryker',
  concurrency: 2,
  timeoutMS: 20_000,
  dryRunTimeoutMinutes: 20,
  reporters: ['progress-append-only', 'clear-text', 'json'],
  jsonReporter: { fileName: 'node_modules/.cache/muster/mutation.json' },
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false, reportMutants: true },
  // 88.1 % of the gate, the guard of access, strict-jws, the probes and the retry budget; rules that integration tests alone reach count as missed.
  thresholds: { high: 90, low: 80, break: 60 },
};
