import { command, proof, tests, type Pillar } from '../line';

export const testing: Pillar = {
  name: 'testing',
  title: 'Testing',
  lines: [
    {
      name: 'unit', question: 'Do all unit tests pass?', run: 'quick', risk: 4,
      evidence: tests(['.spec.ts'], 900), action: 'Read `npm test -- spec`.',
    },
    {
      name: 'integration', question: 'Do all tests of services over HTTP with a real PostgreSQL and real brokers pass?', run: 'full', risk: 5,
      evidence: tests(['.int-spec.ts'], 500, undefined, ['nats-server', 'valkey-server']), action: 'Read `npm test -- int`.',
    },
    {
      name: 'end-to-end', question: 'Does the thread from sign-up to a filled slot work in two real browsers?', run: 'full', risk: 5,
      evidence: tests(['frontend/e2e/thread.e2e.ts'], 7, undefined, ['chromium']), action: 'Read `npm test -- e2e thread`.',
    },
    {
      name: 'standalone', question: 'Does the product in one process start, keep its data over a kill, hide its inside and end in order?', run: 'full', risk: 4,
      evidence: tests(['apps/standalone/src/standalone.int-spec.ts', 'apps/standalone/src/postgres/start-postgres.int-spec.ts'], 15), action: 'See apps/standalone.',
    },
    {
      name: 'accessibility', question: 'Is every page open to a screen reader, and would a page that is not be found?', run: 'full', risk: 3,
      evidence: tests(['frontend/e2e/accessibility.e2e.ts'], 3, undefined, ['chromium']), action: 'Read `npm test -- e2e accessibility`.',
    },
    {
      name: 'contract', question: 'Does every route of every service answer and refuse as its contract declares?', run: 'quick', risk: 5,
      evidence: tests(['/test/contract.int-spec.ts'], 150),
      action: 'Read `npm test -- int contract`.',
    },
    {
      name: 'planted', question: 'Do the generated suites notice a service that breaks its contract?', run: 'quick', risk: 4,
      evidence: tests(['libs/platform/src/testing/generated/generated.self.int-spec.ts'], 8), action: 'A suite that cannot fail proves nothing: see libs/platform/src/testing/generated.',
    },
    {
      name: 'compatible', question: 'Do routes and events still take and give what the last release did?', run: 'quick', risk: 5,
      evidence: command('check:contracts', { figure: /(\d+) routes, \d+ events, 0 breaks/, least: 30 }), action: 'Publish the successor beside it for one release.',
    },
    {
      name: 'crash-points', question: 'Is nothing lost or doubled when the product dies at each named point, the first, second and seventeenth time?', run: 'full', risk: 5,
      evidence: proof('crash:points', { shows: ['points', 'kills', 'notVisited', 'faults'], minutes: 60 }), inputs: ['apps', 'libs', 'tools/crash', 'package-lock.json'],
      action: 'Read which rule of tools/crash was broken at which point.',
    },
    {
      name: 'crash-controls', question: 'Does the crash harness find each planted fault?', run: 'full', risk: 4,
      evidence: proof('crash:controls', { shows: ['planted', 'missed'], minutes: 60 }), inputs: ['apps', 'libs', 'tools/crash', 'package-lock.json'],
      action: 'A checker that misses a planted fault proves nothing: see tools/crash.',
    },
    {
      name: 'coverage', question: 'Do the tests reach the code, above a threshold for each workspace?', run: 'full', risk: 3,
      evidence: command('test:coverage', { needs: ['nats-server', 'valkey-server'], minutes: 30, figure: /(\d+) passed, 0 failed/ }), inputs: ['apps', 'libs', 'frontend', 'tools', 'jest.config.cjs'],
      action: 'Test what `npm run test:coverage` names.',
    },
  ],
};
