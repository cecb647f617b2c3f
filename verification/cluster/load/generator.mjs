// The load of `npm run cluster`: runs in a pod of the cluster. Clients that hold their connections and use them again,
// as a proxy does, and never try anything twice. It speaks by files, for a stream through the API server breaks where the
// machine is busy: /tmp/order.json begins a load, /tmp/stop ends it, /tmp/counted.json is renewed each second.
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

const RENEW_MS = 100_000;
const ANSWER_MS = 25_000;
rmSync('/tmp/stop', { force: true });
while (!existsSync('/tmp/order.json')) await sleep(100);
const order = JSON.parse(readFileSync('/tmp/order.json', 'utf8'));
rmSync('/tmp/order.json');

const total = { answered: 0, failed: 0, lost: 0 };
const failures = [];
const byTarget = {};
const latencies = [];
const { rate } = order;
let ended = false;

function send({ host, port }, { method, path, body, headers = {} }, agent) {
  return new Promise((resolve) => {
    const text = body === undefined ? undefined : JSON.stringify(body);
    const asked = request({
      host, port, path, method, agent, timeout: ANSWER_MS,
      headers: { ...headers, ...(text !== undefined && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }) },
    }, (answer) => {
      let read = '';
      answer.setEncoding('utf8').on('data', (part) => (read += part));
      answer.once('end', () => resolve({ status: answer.statusCode, text: read }));
      answer.once('error', (error) => resolve({ error: `cut off: ${error.code ?? error.message}` }));
    });
    asked.once('timeout', () => asked.destroy(new Error(`no answer in ${ANSWER_MS} ms`)));
    asked.once('error', (error) => resolve({ error: `${error.code ?? error.message} on a ${asked.reusedSocket ? 'kept' : 'new'} connection` }));
    asked.end(text);
  });
}

async function counted(target, what, agent) {
  const startedAt = performance.now();
  const answer = await send(target, what, agent);
  const name = `${target.host} ${what.method} ${what.path}`;
  byTarget[name] ??= { answered: 0, failed: 0 };
  if (answer.status >= 200 && answer.status < 300) {
    total.answered += 1;
    byTarget[name].answered += 1;
    latencies.push(performance.now() - startedAt);
    return answer;
  }
  total.failed += 1;
  if (answer.error) total.lost += 1;
  byTarget[name].failed += 1;
  if (failures.length < 200) failures.push({ at: new Date().toISOString(), name, how: answer.error ?? `status ${answer.status} ${answer.text.slice(0, 160)}` });
  return undefined;
}

class Client {
  agent = new Agent({ keepAlive: true, maxSockets: 1 });
  token = '';

  constructor(account, at) {
    this.account = account;
    this.at = at;
  }

  async signIn() {
    const { email, password } = this.account;
    const answer = await counted(order.auth, { method: 'POST', path: '/api/v1/auth/sign-in', body: { email, password } }, this.agent);
    if (answer) this.token = JSON.parse(answer.text).accessToken;
    this.signedInAt = Date.now();
  }

  /** One of the requests for this account's hat, in turn. */
  async next() {
    if (Date.now() - this.signedInAt > RENEW_MS) await this.signIn();
    const mix = order.requests.filter(({ hat }) => hat === undefined || hat === this.account.hat);
    const { target, ...what } = mix[this.at++ % mix.length];
    await counted(target, { ...what, headers: { authorization: `Bearer ${this.token}` } }, this.agent);
  }

  /** As fast as answers come, or by the clock; what an answer was late by, up to a second, is made up for. */
  async work() {
    let turn = performance.now() + Math.random() * 1000;
    while (!ended) {
      if (rate > 0) {
        const wait = turn - performance.now();
        if (wait > 0) await sleep(wait);
        turn = Math.max(turn, performance.now() - 1000) + (clients.length * 1000) / rate;
        if (ended) return;
      }
      await this.next();
    }
  }
}

const clients = Array.from({ length: order.clients }, (_, at) => new Client(order.accounts[at % order.accounts.length], at));
for (const client of clients) await client.signIn();
total.answered = 0;
latencies.length = 0;
const startedAt = performance.now();
const work = clients.map((client) => client.work());

function tell(more = {}) {
  writeFileSync('/tmp/counted.part', JSON.stringify({ seconds: (performance.now() - startedAt) / 1000, ...total, ...more }));
  renameSync('/tmp/counted.part', '/tmp/counted.json');
}

const tick = setInterval(() => tell(), 1000);
while (!existsSync('/tmp/stop')) await sleep(100);
ended = true;
clearInterval(tick);
await Promise.all(work);
latencies.sort((a, b) => a - b);
const at = (share) => Math.round(latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? 0);
tell({ p50Ms: at(0.5), p99Ms: at(0.99), failures, byTarget });
process.exit(0);
