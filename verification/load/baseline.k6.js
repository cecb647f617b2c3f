// What k6 does in `npm run load:baseline`: one signed-in contractor at a modest steady rate, by class of route, and beside
// it a bare server, so that each latency can be told from what the machine was worth just then.
import http from 'k6/http';
import { check, fail, sleep } from 'k6';

const { ADDRESS, BARE, HEADERS, DURATION, LIMITS, SUMMARY } = __ENV;
const headers = JSON.parse(HEADERS);
const limits = Object.entries(JSON.parse(LIMITS));

const steady = (name, rate) => ({ executor: 'constant-arrival-rate', exec: name, rate, timeUnit: '1s', duration: DURATION, preAllocatedVUs: 5, maxVUs: 50, tags: { class: name } });

export const options = {
  setupTimeout: '180s',
  scenarios: { bare: steady('bare', 20), bareWrite: steady('bareWrite', 4), read: steady('read', 20), search: steady('search', 10), write: steady('write', 4) },
  thresholds: {
    ...Object.fromEntries(limits.map(([name, ms]) => [`http_req_duration{class:${name}}`, [`p(95)<${ms}`]])),
    ...Object.fromEntries(limits.map(([name]) => [`http_req_failed{class:${name}}`, ['rate<0.001']])),
    checks: ['rate>0.999'],
    dropped_iterations: ['count<5'],
    // What has a threshold is in the summary.
    'http_req_duration{class:bare}': ['p(95)>=0'],
    'http_req_duration{class:bareWrite}': ['p(95)>=0'],
  },
  summaryTrendStats: ['med', 'p(95)'],
};

const right = (answer, status) => check(answer, { 'the answer is the right one': ({ status: seen, body }) => seen === status && body.length > 2 });
const reads = ['matching/jobs', 'communication/conversations', 'notifications/inbox', 'users/me/contractor-profile', 'auth/account'];
const tomorrow = new Date(Date.now() + 86400000).toISOString().slice(0, 10);
const line = { trade: 'mason', minimumLevel: 2, days: [tomorrow], pay: { amount: 95000, currency: 'INR', basis: 'day' } };
const job = JSON.stringify({ title: 'Compound wall at Wardha Road', placeId: '1262180', lines: [{ ...line, count: 2, startsAt: '09:00', endsAt: '18:00' }] });
const searched = (tags) => http.post(`${ADDRESS}/api/v1/matching/search`, JSON.stringify({ placeId: '1262180', ...line }), { headers, tags });
let turn = 0;

export const bare = () => right(http.get(BARE), 200);
export const bareWrite = () => right(http.post(BARE, '{}'), 200);
export const read = () => right(http.get(`${ADDRESS}/api/v1/${reads[turn++ % reads.length]}`, { headers }), 200);
export const write = () => right(http.post(`${ADDRESS}/api/v1/matching/jobs`, job, { headers: { ...headers, 'idempotency-key': `${__VU}-${__ITER}-${Date.now()}-load` } }), 201);
export function search() {
  const answer = searched();
  if (right(answer, 200)) check(answer, { 'somebody is found': () => answer.json('matches') > 0 });
}

/** The market's events are taken in first. */
export function setup() {
  for (let seen = 0, tries = 0; tries < 60; tries += 1) {
    const { status, body } = searched({ class: 'setup' });
    const matches = status === 200 ? JSON.parse(body).matches : 0;
    if (matches > 0 && matches === seen) return;
    seen = matches;
    sleep(2);
  }
  fail('the market is empty');
}

/** The whole summary goes to the program that started this; the exit code still says whether the thresholds held. */
export function handleSummary({ metrics }) {
  return { [SUMMARY]: JSON.stringify(Object.fromEntries(Object.entries(metrics).map(([name, { values }]) => [name, values]))) };
}
