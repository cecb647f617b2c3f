import { describe, expect, it } from '@jest/globals';
import { readScrape } from './alerts';
import { faultsOf, type Seen } from './outage.rules';

const unavailable = ['503 platform.unavailable'];
const withoutDatabase: Seen = {
  dependency: 'postgres', fault: 'down', service: 'matching', answers: { read: unavailable, write: unavailable, search: ['done'] }, slowestMs: 120, notLive: 0, unreadyAfterMs: 20_100,
  breakers: ['auth'], alerts: ['MusterAvailabilityBurn', 'MusterNothingReady', 'MusterRevocationsUnknown'], backMs: 3000,
};
const withoutBroker: Seen = { ...withoutDatabase, dependency: 'nats', answers: { read: ['done'], write: ['done'], search: ['done'] }, unreadyAfterMs: undefined, breakers: [], alerts: ['MusterOutboxStuck'] };

it("the chart's rules are there, and of a scrape only what they ask for is read", () => {
  expect([...readScrape('muster_outbox_unpublished_events{service="auth"} 3\nsomething_else{service="auth"} 1\n')]).toEqual([['muster_outbox_unpublished_events{service="auth"}', 3]]);
});

describe('the matrix of outages', () => {
  it('finds nothing in what is as declared', () => {
    expect([withoutDatabase, withoutBroker].flatMap(faultsOf)).toEqual([]);
  });

  it.each<[string, Seen, RegExp]>([
    ['an answer that is not declared', { ...withoutDatabase, answers: { read: ['500 platform.internal'] } }, /was answered 500/],
    ['a search that fails with the database', { ...withoutDatabase, answers: { search: unavailable } }, /a search was answered 503/],
    ['a question that nobody answered', { ...withoutDatabase, answers: { write: [] } }, /no write/],
    ['an answer that comes too late', { ...withoutDatabase, slowestMs: 20_000 }, /took 20000 ms/],
    ['a liveness that failed', { ...withoutBroker, notLive: 1 }, /liveness failed/],
    ['replicas that leave at a blip', { ...withoutDatabase, unreadyAfterMs: 600 }, /left after 600 ms/],
    ['replicas that stay without a database', { ...withoutDatabase, unreadyAfterMs: undefined }, /no replica left/],
    ['replicas that leave without a broker', { ...withoutBroker, unreadyAfterMs: 21_000 }, /a replica left/],
    ['a breaker that never closes', { ...withoutDatabase, backMs: undefined }, /not back/],
    ['a return that takes too long', { ...withoutBroker, backMs: 12_000 }, /after 12000/],
    ['a breaker that nobody declared', { ...withoutBroker, breakers: ['auth'] }, /breakers auth are more/],
    ['an alert that does not fire', { ...withoutDatabase, alerts: ['MusterAvailabilityBurn'] }, /are declared, seen were/],
    ['an alert that nobody declared', { ...withoutBroker, alerts: ['MusterOutboxStuck', 'MusterAvailabilityBurn'] }, /are more than declared/],
  ])('finds %s', (_what, seen, fault) => {
    expect(faultsOf(seen).join()).toMatch(fault);
  });
});
