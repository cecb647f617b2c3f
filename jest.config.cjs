// One project per test size: `spec` touches no I/O; `int` runs services over HTTP with a real PostgreSQL.
// The last of the list is CommonJS that imports `http` dynamically, which Jest's sandbox refuses as it stands.
const esmOnly = ['age-encryption', '@noble', '@scure', 'jose', 'zod', 'kysely', '@nats-io', 'nuid', '@faker-js', '@fastify/static', 'content-disposition', '@opentelemetry/otlp-exporter-base', 'openapi-fetch', 'lucide-react', 'wouter', 'regexparam'].join('|');
// Screens are written in TSX; the file extension tells the parser what `<` begins.
const swc = require('./tools/swc-config.cjs');
const tsx = { ...swc, jsc: { ...swc.jsc, parser: { ...swc.jsc.parser, tsx: true }, transform: { ...swc.jsc.transform, react: { runtime: 'automatic' } } } };
const shared = {
  rootDir: __dirname,
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['source', 'node', 'require', 'default'] },
  transform: { '^.+\\.tsx$': ['@swc/jest', tsx], '^.+\\.m?[tj]s$': ['@swc/jest', swc] },
  transformIgnorePatterns: [`/node_modules/(?!(${esmOnly})/)`],
  modulePathIgnorePatterns: ['<rootDir>/(apps|libs)/[^/]+/(dist|\\.types)/', '<rootDir>/\\.muster/'],
};

// Read by `npm run test:coverage` only. A line is covered where a unit or integration test ran it in Jest's own process:
// what a test starts as another process (standalone's main, migrations by command) is not seen.
const coverage = {
  coverageProvider: 'v8',
  coverageDirectory: '<rootDir>/coverage',
  coverageReporters: ['json-summary', 'lcovonly', 'text-summary'],
  collectCoverageFrom: ['{libs,apps}/*/src/**/*.ts', '!**/*{spec,fixture,type-test}.ts', '!**/testing/**', '!**/main.ts'],
  coverageThreshold: require('./tools/dev/coverage.json'),
};

module.exports = {
  ...coverage,
  // By default two cores run all in one process, whose heap fills with every suite's modules until half the time goes
  // into collecting it. Three, because tests of kills, brokers and whole products wait for a third of their time. A
  // worker that has grown too large is replaced between two suites.
  maxWorkers: 3,
  workerIdleMemoryLimit: '1200MB',
  // Tests wait for conditions, never for times, on machines that may be busy with something else; this ends what hangs.
  testTimeout: 240_000,
  projects: [
    { ...shared, displayName: 'spec', testMatch: ['<rootDir>/{apps,libs,frontend,tools,verification}/**/*.spec.{ts,tsx}'] },
    {
      ...shared,
      displayName: 'int',
      testMatch: ['<rootDir>/{apps,libs,tools,verification}/**/*.int-spec.ts'],
      globalSetup: '<rootDir>/tools/dev/jest/start-postgres.ts',
      globalTeardown: '<rootDir>/tools/dev/jest/stop-postgres.ts',
    },
  ],
};
