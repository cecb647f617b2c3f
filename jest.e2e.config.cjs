// Journeys through the built product in a real browser; two at a time, each starts a Muster of its own.
module.exports = {
  rootDir: __dirname,
  displayName: 'e2e',
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['source', 'node', 'require', 'default'] },
  transform: { '^.+\\.m?[tj]sx?$': ['@swc/jest', require('./tools/swc-config.cjs')] },
  testMatch: ['<rootDir>/frontend/e2e/**/*.e2e.ts'],
  testTimeout: 600_000,
  maxWorkers: 2,
};
