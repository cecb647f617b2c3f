// What k6 does in `npm run overload`: one costly route at a rate that does not care how the answers are (open loop), or, to
// find out what the server can do at all, as fast as a few callers are answered.
import http from 'k6/http';
import { check } from 'k6';
import { Counter, Trend } from 'k6/metrics';

const { URL, HEADERS, RATE, SECONDS, CALLERS, SUMMARY } = __ENV;
const headers = JSON.parse(HEADERS);
const good = new Counter('good');
const shed = new Counter('shed');
const admitted = new Trend('admitted', true);

const open = { executor: 'constant-arrival-rate', rate: Number(RATE), timeUnit: '1s', duration: `${SECONDS}s`, preAllocatedVUs: Math.min(1500, 50 + Number(RATE)), maxVUs: 3000, gracefulStop: '5s' };
const closed = { executor: 'constant-vus', vus: Number(CALLERS), duration: `${SECONDS}s`, gracefulStop: '5s' };

export const options = {
  scenarios: { load: Number(CALLERS) > 0 ? closed : open },
  // Whatever is neither done nor refused with a moment to come back is a fault of its own.
  thresholds: { checks: ['rate>0.999'] },
  summaryTrendStats: ['med', 'p(99)'],
  noConnectionReuse: false,
};

export default function ask() {
  const answer = http.get(URL, { headers, timeout: '30s' });
  check(answer, { 'is answered, or refused with a moment to come back': ({ status }) => status === 200 || (status === 503 && Number(answer.headers['Retry-After']) > 0) });
  if (answer.status !== 200) return void shed.add(1);
  good.add(1);
  admitted.add(answer.timings.duration);
}

export function handleSummary({ metrics }) {
  return { [SUMMARY]: JSON.stringify(Object.fromEntries(Object.entries(metrics).map(([name, { values }]) => [name, values]))) };
}
