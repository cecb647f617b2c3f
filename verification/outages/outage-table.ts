import { serviceNames } from '@muster/contracts/kernel/ids';
import { markdownTable } from '../../tools/check/report';
import { dependencies } from '../product/deployment';
import type { Kind, Seen } from './outage.rules';

const harmed = {
  postgres: 'PostgreSQL', nats: 'NATS', valkey: 'Valkey', jwks: 'The source of keys and revocations (auth, for its internal callers)', smtp: 'The mail server',
} as const;
const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

/** The document of a run: for each dependency what every service did in each way of losing it. */
export function outageDocument(all: readonly Seen[], { measured, lost }: { measured: string; lost: string }): string {
  const answer = (seen: Seen, kind: Kind): string => (seen.answers[kind] ?? ['–']).map((one) => one.replace('platform.', '')).join(' or ');
  const row = (seen: Seen): string[] => [
    seen.fault, seen.service, answer(seen, 'read'), answer(seen, 'write'), answer(seen, 'search'), seconds(seen.slowestMs),
    seen.notLive === 0 ? 'live' : 'not live', seen.unreadyAfterMs === undefined ? 'stays' : `leaves after ${seconds(seen.unreadyAfterMs)}`,
    seen.breakers.join(', ') || '–', seen.alerts.map((alert) => alert.replace('Muster', '')).join(', ') || '–', seen.backMs === undefined ? 'not' : seconds(seen.backMs),
  ];
  const parts = dependencies.flatMap((dependency) => {
    const cells = serviceNames.flatMap((service) => all.filter((one) => one.dependency === dependency && one.service === service)).sort((a, b) => all.indexOf(a) - all.indexOf(b));
    return [`## ${harmed[dependency]}`, markdownTable(['harm', 'service', 'a read', 'a write', 'a search', 'slowest answer', 'liveness', 'readiness', 'breaker open', 'alerts, if it goes on', 'back after'], cells.map(row))];
  });
  const intro = [
    '# Outages',
    'Written by `npm run outages` from what it saw; what is declared stands in `verification/outages/outage.rules.ts`, and a cell that differs is red. The five services run as processes, each of their dependencies behind toxiproxy: **down** refuses connections and ends open ones, **slow** answers five seconds late, **reset** accepts and resets, **half-open** accepts and never answers.',
    'A read, a write and a search are asked of every service all the time. An answer is `done`, or its status and code. Alerts are those that the chart’s own rules fire in promtool if counters go on for forty minutes as in the second half of the outage. “Back after” is when everything asked worked again, was ready and no breaker was open, without a restart.',
    `Measured ${measured}. ${lost}`,
  ];
  return `${[...intro, ...parts].join('\n\n')}\n`;
}
