import { Rule, groupBy, type Evidence, type Verdict } from './verdict';

/** 1, 2, 3 … for each producer, published, received to the head; an aggregate's order is the producer's order. */
export function checkNumbering({ stores: { platform, domain } }: Evidence): Verdict[] {
  const rule = new Rule('numbers are dense, in the order of each aggregate, and received by all readers');
  const heads = new Map<string, number>();
  for (const [service, { outbox, event_numbering, aggregate_versions }] of Object.entries(platform)) {
    const head = event_numbering[0]?.head ?? 0;
    heads.set(service, head);
    const inOrder = [...outbox].sort((a, b) => (a.sequence ?? Infinity) - (b.sequence ?? Infinity));
    rule.expect(head === outbox.length, () => `${service} numbered up to ${head} and has ${outbox.length} events`);
    inOrder.forEach(({ id, sequence, published_at }, at) => {
      rule.expect(sequence === at + 1 && published_at !== null, () => `${service}: event ${id} is number ${sequence} at place ${at + 1}, published ${published_at}`);
    });
    const aggregates = groupBy(inOrder, ({ aggregate_type, aggregate_id }) => `${aggregate_type} ${aggregate_id}`);
    for (const [aggregate, events] of aggregates) {
      rule.expect(events.every(({ aggregate_version }, at) => aggregate_version === at + 1), () => `${service}: ${aggregate} is numbered in the order ${events.map(({ aggregate_version }) => aggregate_version).join()}`);
    }
    for (const { aggregate_type, aggregate_id, version } of aggregate_versions) {
      rule.expect(aggregates.get(`${aggregate_type} ${aggregate_id}`)?.length === version, () => `${service}: ${aggregate_type} ${aggregate_id} counts ${version} versions`);
    }
  }
  for (const [service, { received }] of Object.entries(platform)) {
    for (const { producer, contiguous, ahead } of received) {
      rule.expect(contiguous === heads.get(producer) && ahead === '{}', () => `${service} has ${producer} up to ${contiguous} and ${ahead} of ${heads.get(producer)}`);
    }
  }
  const changes = [...domain.worker_changes].sort((a, b) => (a.number ?? Infinity) - (b.number ?? Infinity));
  const first = changes[0]?.number ?? 1; // old ones are pruned
  changes.forEach(({ number }, at) => rule.expect(number === first + at, () => `worker change ${number} is at place ${first + at}`));
  return [rule.verdict];
}
