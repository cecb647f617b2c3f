import type { Database } from '../database/database';
import type { Metrics } from '../metrics/metrics';
import type { Consumers } from './consumers';
import type { DataStatus } from './data-status';

/** Sets, at each scrape, what is read from the database and its pool. A database that is away leaves it as it was. */
export function exportDataGauges(metrics: Metrics, status: DataStatus, consumers: Consumers, database: Database): void {
  let retriesTold = 0;
  const kindsTold = new Set<string>();
  metrics.onScrape(() => {
    metrics.counter('transactionRetries').inc(database.transactionRetries - retriesTold);
    retriesTold = database.transactionRetries;
  });
  metrics.onScrape(async () => {
    const { idle, total, waiting } = database.poolCounts;
    metrics.gauge('poolConnections').set({ pool: 'main', state: 'idle' }, idle);
    metrics.gauge('poolConnections').set({ pool: 'main', state: 'busy' }, total - idle);
    metrics.gauge('poolWaiting').set({ pool: 'main' }, waiting);
    const state = await status.readStatus().catch(() => undefined);
    if (!state) return;
    metrics.gauge('outboxUnpublished').set(state.unpublished);
    metrics.gauge('timersDueLagSeconds').set(state.timersLagSeconds);
    for (const { kind } of state.tasks) kindsTold.add(kind);
    for (const kind of kindsTold) {
      const backlog = state.tasks.find((each) => each.kind === kind);
      metrics.gauge('tasksWaiting').set({ kind }, backlog?.waiting ?? 0);
      metrics.gauge('tasksDueLagSeconds').set({ kind }, backlog?.lagSeconds ?? 0);
      metrics.gauge('tasksGivenUp').set({ kind }, backlog?.givenUp ?? 0);
    }
    for (const { name, events } of consumers.allConsumers()) {
      const mine = state.backlogs.filter((backlog) => backlog.consumer === name);
      metrics.gauge('inboxPending').set({ consumer: name }, mine.reduce((sum, each) => sum + each.waiting, 0));
      metrics.gauge('inboxParked').set({ consumer: name }, state.parked.get(name) ?? 0);
      for (const producer of new Set(events.map((event) => event.producer))) {
        const oldest = mine.find((each) => each.producer === producer)?.oldestSeconds ?? 0;
        // The lag is the larger of what waits here and what may not have arrived from the producer: an unreachable
        // producer is no lag of zero.
        metrics.gauge('eventLagSeconds').set({ producer, consumer: name }, Math.max(oldest, status.receptionLagSeconds(producer)));
      }
    }
  });
}
