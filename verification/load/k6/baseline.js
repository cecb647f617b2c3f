// What k6 does in `npm run load:baseline`: one signed-in contractor at a modest steady rate, by class of route, and beside
// it a bare server, so that each latency can be told from what the machine was worth just then.
import http from 'k6/http';
import { check, fail, sleep } from 'k6';

const { ADDRESS, ORIGIN, BARE, EMAIL, PASSWORD, DURATION, LIMITS, SUMMARY } = __ENV;
const limits = JSON.parse(LIMITS);
const classes = Object.keys(limits);

const steady = (name, rate) => ({ executor: 'constant-arrival-rate', exec: name, rate, timeUnit: '1s', duration: DURATION, preAllocatedVUs: 5, maxVUs: 50, tags: { class: name } });

export const options = {
  setupTimeout: '180s',
  scenarios: { bare: steady('bare', 20), bareWrite: steady('bareWrite', 4), read: steady('read', 20), search: steady('search', 10), write: steady('write', 4) },
  thresholds: {
    ...Object.fromEntries(classes.map((name) => [`http_req_duration{class:${name}}`, [`p(95)<${limits[name].p95}`]])),
    ...Object.fromEntries(classes.map((name) => [`http_req_failed{class:${name}}`, ['rate<0.001']])),
    checks: ['rate>0.999'],
    dropped_iterations: ['count<5'],
    'http_req_duration{class:bare}': ['p(95)>=0'],
    'http_req_duration{class:bareWrite}': ['p(95)>=0'],
  },
  summaryTrendStats: ['med', 'p(90)', 'p(95)', 'p(99)', 'count'],
};

const right = (answer, status) => check(answer, { 'the answer is the right one': ({ status: seen, body }) => seen === status && body.length > 2 });
const reads = ['/matching/jobs', '/communication/conversations', '/notifications/inbox', '/users/me/contractor-profile', '/auth/account'];
let turn = 0;

export function bare() {
  right(http.get(BARE), 200);
}

export function bareWrite() {
  right(http.post(BARE, '{}'), 200);
}

export function read({ headers }) {
  turn += 1;
  right(http.get(`${ADDRESS}/api/v1${reads[turn % reads.length]}`, { headers }), 200);
}

const tomorrow = new Date(Date.now() + 86400000).toISOString().slice(0, 10);
const pay = { amount: 95000, currency: 'INR', basis: 'day' };
const line = { trade: 'mason', minimumLevel: 2, days: [tomorrow], pay };

const searched = (headers, tags) => http.post(`${ADDRESS}/api/v1/matching/search`, JSON.stringify({ placeId: '1262180', ...line }), { headers, tags });

export function search({ headers }) {
  const answer = searched(headers);
  if (right(answer, 200)) check(answer, { 'somebody is found': () => answer.json('matches') > 0 });
}

export function write({ headers }) {
  const body = { title: 'Compound wall at Wardha Road', placeId: '1262180', lines: [{ ...line, count: 2, startsAt: '09:00', endsAt: '18:00' }] };
  right(http.post(`${ADDRESS}/api/v1/matching/jobs`, JSON.stringify(body), { headers: { ...headers, 'idempotency-key': `${__VU}-${__ITER}-${Date.now()}-load` } }), 201);
}

/** One session for all: what is measured is the product, not the hash of a password. The market's events are taken in first. */
export function setup() {
  const answer = http.post(`${ADDRESS}/api/v1/auth/sign-in`, JSON.stringify({ email: EMAIL, password: PASSWORD }), { headers: { 'content-type': 'application/json', origin: ORIGIN }, tags: { class: 'setup' } });
  if (answer.status !== 200) fail(`sign-in: ${answer.status} ${answer.body}`);
  const headers = { authorization: `Bearer ${answer.json('accessToken')}`, 'content-type': 'application/json', origin: ORIGIN };
  for (let seen = 0, tries = 0; tries < 60; tries += 1) {
    const { status, body } = searched(headers, { class: 'setup' });
    const matches = status === 200 ? JSON.parse(body).matches : 0;
    if (matches > 0 && matches === seen) return { headers };
    seen = matches;
    sleep(2);
  }
  return fail('the market is empty');
}

/** The whole summary goes to the program that started this; the exit code still says whether the thresholds held. */
export function handleSummary({ metrics }) {
  return { [SUMMARY]: JSON.stringify(Object.fromEntries(Object.entries(metrics).map(([name, { values }]) => [name, values]))) };
}
