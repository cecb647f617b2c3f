// Journeys through the built product in a real browser; all files share one browser and, but for one, one demo.
module.exports = {
  rootDir: __dirname,
  displayName: 'e2e',
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['source', 'node', 'require', 'default'] },
  transform: { '^.+\\.m?[tj]sx?$': ['@swc/jest', require('./tools/swc-config.cjs')] },
  testMatch: ['<rootDir>/frontend/e2e/**/*.e2e.ts'],
  globalSetup: '<rootDir>/frontend/e2e/start-shared.ts',
  globalTeardown: '<rootDir>/frontend/e2e/stop-shared.ts',
  testTimeout: 600_000,
  maxWorkers: 3,
};
