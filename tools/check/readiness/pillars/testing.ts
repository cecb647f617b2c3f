import { command, full, proof, quick, tests, type Pillar } from '../line';

export const testing: Pillar = {
  name: 'testing',
  title: 'Testing',
  lines: [
    quick(4, 'unit', 'Do all unit tests pass?', tests(['.spec.ts'], 900), 'Read `npm test -- spec`.'),
    full(5, 'integration', 'Do all tests of services over HTTP with a real PostgreSQL and real brokers pass?',
      tests(['.int-spec.ts'], 500, undefined, ['nats-server', 'valkey-server']), 'Read `npm test -- int`.'),
    full(5, 'end-to-end', 'Does the thread from sign-up to a filled slot work in two real browsers?',
      tests(['frontend/e2e/thread.e2e.ts'], 7, undefined, ['chromium']), 'Read `npm test -- e2e thread`.'),
    full(4, 'standalone', 'Does the product in one process start, keep its data over a kill, hide its inside and end in order?',
      tests(['apps/standalone/src/standalone.int-spec.ts', 'apps/standalone/src/postgres/start-postgres.int-spec.ts'], 15), 'See apps/standalone.'),
    full(3, 'accessibility', 'Is every page open to a screen reader, and would a page that is not be found?',
      tests(['frontend/e2e/accessibility.e2e.ts'], 3, undefined, ['chromium']), 'Read `npm test -- e2e accessibility`.'),
    quick(5, 'contract', 'Does every route of every service answer and refuse as its contract declares?', tests(['/test/contract.int-spec.ts'], 150), 'Read `npm test -- int contract`.'),
    quick(4, 'planted', 'Do the generated suites notice a service that breaks its contract?',
      tests(['libs/platform/src/testing/generated/generated.self.int-spec.ts'], 8), 'A suite that cannot fail proves nothing: see libs/platform/src/testing/generated.'),
    quick(5, 'compatible', 'Do routes and events still take and give what the last release did?',
      command('check:contracts', { figure: /(\d+) routes, \d+ events, 0 breaks/, least: 30 }), 'Publish the successor beside it for one release.'),
    full(5, 'crash-points', 'Is nothing lost or doubled when the product dies at each named point, the first, second and seventeenth time?',
      proof('crash:points', { shows: ['points', 'kills', 'notVisited', 'faults'], minutes: 60 }), 'Read which rule of verification/crash was broken at which point.', { inputs: ['apps', 'libs', 'verification/crash', 'verification/product', 'package-lock.json'] }),
    quick(4, 'crash-controls', 'Does the checker of crash histories find each kind of fault in a history forged with it?',
      tests(['verification/crash/check-history.spec.ts'], 29, /finds /), 'A checker that misses a forged fault proves nothing: see verification/crash.'),
    full(3, 'coverage', 'Do the tests reach the code, above a threshold for each workspace?',
      command('test:coverage', { needs: ['nats-server', 'valkey-server'], minutes: 30, figure: /(\d+) passed, 0 failed/ }), 'Test what `npm run test:coverage` names.', { inputs: ['apps', 'libs', 'frontend', 'tools', 'jest.config.cjs'] }),
  ],
};
