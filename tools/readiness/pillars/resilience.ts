import { command, proof, tests, type Pillar } from '../line';

const platform = 'libs/platform/src';
const inputs = ['apps', 'libs', 'tools/crash', 'package-lock.json'];

export const resilience: Pillar = {
  name: 'resilience',
  title: 'Resilience',
  lines: [
    {
      name: 'drain', question: 'Does a shutdown lose no request of keep-alive clients, and go in its order?', run: 'quick', risk: 5,
      evidence: tests([`${platform}/service/drain.int-spec.ts`], 3), action: 'See libs/platform/src/service/shutdown.ts.',
    },
    {
      name: 'drain-under-load', question: 'Do the real services end under load without a lost request, where without draining some are lost?', run: 'full', risk: 5,
      evidence: proof('drain', {
        aims: [{ figure: 'lostByService', most: 0 }, { figure: 'lostByStandalone', most: 0 }, { figure: 'lostByServiceWithoutDrain', least: 1 }, { figure: 'otherThanExit0', most: 0 }],
        minutes: 15,
      }),
      inputs, action: 'Read `npm run drain`.',
    },
    {
      name: 'crash', question: 'Is nothing acknowledged lost, and nothing done twice, over kills of the product?', run: 'full', risk: 5,
      evidence: tests(['tools/crash/crash.int-spec.ts', 'tools/crash/check-history.spec.ts'], 10), action: 'Read which rule of tools/crash was broken.',
    },
    {
      name: 'crash-many', question: 'The same, over many random kills of product and database under load?', run: 'full', risk: 5,
      evidence: proof('crash:standalone', { arguments: ['--kills', '200'], aims: [{ figure: 'faults', most: 0 }, { figure: 'kills', least: 200 }, { figure: 'rulesNotExercised', most: 0 }, { figure: 'databaseLeftTooLong', most: 0 }], shows: ['acknowledged'], minutes: 60 }),
      inputs, action: 'Run `npm run crash:standalone -- --seed S` with the seed that it printed.',
    },
    {
      name: 'carriers', question: 'Do all carriers deliver each fact once and in order, also when the broker’s whole store is deleted?', run: 'quick', risk: 5,
      evidence: tests([`${platform}/messaging/carrier.int-spec.ts`], 10, undefined, ['nats-server']), action: 'See libs/platform/src/messaging.',
    },
    {
      name: 'events', question: 'Are facts published only with their change, applied once, parked when they fail, and rebuilt?', run: 'quick', risk: 5,
      evidence: tests([`${platform}/messaging/messaging.int-spec.ts`, `${platform}/messaging/relay.int-spec.ts`], 14), action: 'See libs/platform/src/messaging.',
    },
    {
      name: 'breaker', question: 'Does a failing or slow dependency meet a breaker, a bulkhead and a deadline?', run: 'quick', risk: 4,
      evidence: tests([`${platform}/resilience/outbound-client.int-spec.ts`, `${platform}/resilience/deadline.spec.ts`], 12), action: 'See libs/platform/src/resilience.',
    },
    {
      name: 'retries', question: 'Do retries add at most a tenth to the load, however much fails?', run: 'quick', risk: 4,
      evidence: tests([`${platform}/resilience/outbound-client.int-spec.ts`, `${platform}/resilience/retry-budget.spec.ts`], 3, /tenth|save up/), action: 'See libs/platform/src/resilience/retry-budget.ts.',
    },
    {
      name: 'shedding', question: 'Is load beyond capacity refused by class, with probes kept, and is the service itself again afterwards?', run: 'quick', risk: 4,
      evidence: tests([`${platform}/resilience/load-shedding.int-spec.ts`, `${platform}/resilience/admission.rules.spec.ts`], 9), action: 'See libs/platform/src/resilience/load-shedding.ts.',
    },
    {
      name: 'database', question: 'Are killed connections, deadlocks and five migrating replicas survived?', run: 'quick', risk: 5,
      evidence: tests([`${platform}/database/database.int-spec.ts`, `${platform}/database/channel-listener.int-spec.ts`], 8), action: 'See libs/platform/src/database.',
    },
    {
      name: 'counters', question: 'Do rate limits go on while Valkey is away or hangs?', run: 'quick', risk: 3,
      evidence: tests([`${platform}/throttle/counter-store.int-spec.ts`], 2, /away|hangs/, ['valkey-server']), action: 'See libs/platform/src/throttle.',
    },
    {
      name: 'outages', question: 'Is the declared degradation seen for each dependency that is down, slow or resetting?', run: 'full', risk: 5,
      evidence: proof('outages', { minutes: 60 }), action: 'Build the outage matrix.', later: 'the outage matrix comes with observability',
    },
    {
      name: 'overload', question: 'Does goodput stay at 90 % of capacity at twice the load, 75 % at ten times?', run: 'full', risk: 4,
      evidence: proof('overload', { minutes: 60 }), action: 'Build the open-loop overload proof.', later: 'the overload proof comes with the outage matrix',
    },
    {
      name: 'restore', question: 'Was a backup restored, and is what was erased still gone?', run: 'full', risk: 5,
      evidence: command('restore:drill', { minutes: 60 }), action: 'Build the restore drill.', later: 'the drill of backup and restore comes with observability',
    },
  ],
};
