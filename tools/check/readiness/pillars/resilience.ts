import { command, full, proof, quick, tests, type Pillar } from '../line';

const platform = 'libs/platform/src';
const inputs = ['apps', 'libs', 'verification/crash', 'verification/product', 'package-lock.json'];

export const resilience: Pillar = {
  name: 'resilience',
  title: 'Resilience',
  lines: [
    quick(5, 'drain', 'Does a shutdown lose no request of keep-alive clients, and go in its order?',
      tests([`${platform}/service/drain.int-spec.ts`], 3), 'See libs/platform/src/service/shutdown.ts.'),
    full(5, 'drain-under-load', 'Do the real services end under load without a lost request, where without draining some are lost?',
      proof('drain', { aims: [{ figure: 'lostByService', most: 0 }, { figure: 'lostByStandalone', most: 0 }, { figure: 'lostByServiceWithoutDrain', least: 1 }, { figure: 'otherThanExit0', most: 0 }], minutes: 15 }), undefined, { inputs }),
    full(5, 'crash', 'Is nothing acknowledged lost, and nothing done twice, over kills of the product?',
      tests(['verification/crash/crash.int-spec.ts', 'verification/crash/check-history.spec.ts'], 10), 'Read which rule of verification/crash was broken.'),
    full(5, 'crash-many', 'The same, over many random kills of product and database under load?',
      proof('crash:standalone', { arguments: ['--kills', '200'], aims: [{ figure: 'faults', most: 0 }, { figure: 'kills', least: 200 }, { figure: 'rulesNotExercised', most: 0 }, { figure: 'databaseLeftTooLong', most: 0 }], shows: ['acknowledged'], minutes: 60 }), 'Run `npm run crash:standalone -- --seed S` with the seed that it printed.', { inputs }),
    quick(5, 'carriers', 'Do all carriers deliver each fact once and in order, also when the broker’s whole store is deleted?',
      tests([`${platform}/messaging/carrier.int-spec.ts`], 10, undefined, ['nats-server']), 'See libs/platform/src/messaging.'),
    quick(5, 'events', 'Are facts published only with their change, applied once, parked when they fail, and rebuilt?',
      tests([`${platform}/messaging/messaging.int-spec.ts`, `${platform}/messaging/relay.int-spec.ts`], 14), 'See libs/platform/src/messaging.'),
    quick(4, 'breaker', 'Does a failing or slow dependency meet a breaker, a bulkhead and a deadline?',
      tests([`${platform}/resilience/outbound-client.int-spec.ts`, `${platform}/resilience/deadline.spec.ts`], 12), 'See libs/platform/src/resilience.'),
    quick(4, 'retries', 'Do retries add at most a tenth to the load, however much fails?',
      tests([`${platform}/resilience/outbound-client.int-spec.ts`, `${platform}/resilience/retry-budget.spec.ts`], 3, /tenth|save up/), 'See libs/platform/src/resilience/retry-budget.ts.'),
    quick(4, 'shedding', 'Is load beyond capacity refused by class, with probes kept, and is the service itself again afterwards?',
      tests([`${platform}/resilience/load-shedding.int-spec.ts`, `${platform}/resilience/admission.rules.spec.ts`], 9), 'See libs/platform/src/resilience/load-shedding.ts.'),
    quick(5, 'database', 'Are killed connections, deadlocks and five migrating replicas survived?',
      tests([`${platform}/database/database.int-spec.ts`, `${platform}/database/channel-listener.int-spec.ts`], 8), 'See libs/platform/src/database.'),
    quick(3, 'counters', 'Do rate limits go on while Valkey is away or hangs?',
      tests([`${platform}/throttle/counter-store.int-spec.ts`], 2, /away|hangs/, ['valkey-server']), 'See libs/platform/src/throttle.'),
    full(5, 'outages', 'Is the declared degradation seen for each dependency that is down, slow or resetting?',
      proof('outages', { minutes: 60 }), 'Build the outage matrix.', { later: 'the outage matrix comes with observability' }),
    full(4, 'overload', 'Does goodput stay at 90 % of capacity at twice the load, 75 % at ten times?',
      proof('overload', { minutes: 60 }), 'Build the open-loop overload proof.', { later: 'the overload proof comes with the outage matrix' }),
    full(5, 'restore', 'Was a backup restored, and is what was erased still gone?',
      command('restore:drill', { minutes: 60 }), 'Build the restore drill.', { later: 'the drill of backup and restore comes with observability' }),
  ],
};
