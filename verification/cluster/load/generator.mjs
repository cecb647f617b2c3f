// The load of `npm run cluster`: runs in a pod of the cluster. Node's own fetch holds its connections and uses them again,
// as a proxy does, and never tries anything twice; k6 does, for Go repeats a GET whose kept connection broke, which is
// the very request that a roll would lose. It speaks by files, for a stream through the API server breaks where the
// machine is busy: /tmp/order.json begins a load, /tmp/stop ends it, /tmp/counted.json is renewed each second.
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const RENEW_MS = 100_000;
const ANSWER_MS = 25_000;

async function load({ accounts, clients, rate, signIn, requests }) {
  const counted = { answered: 0, failed: 0, lost: 0 };
  const failures = {};
  const latencies = [];
  let hasEnded = false;

  async function send({ method, url, body }, token) {
    const startedAt = performance.now();
    const headers = { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) };
    try {
      const answer = await fetch(url, { method, headers, body: body && JSON.stringify(body), signal: AbortSignal.timeout(ANSWER_MS) });
      const text = await answer.text();
      if (!answer.ok) throw new Error(`status ${answer.status} ${text.slice(0, 160)}`);
      counted.answered += 1;
      latencies.push(performance.now() - startedAt);
      return text;
    } catch (error) {
      counted.failed += 1;
      if (error.cause) counted.lost += 1; // of the failed: without any answer, because the connection broke
      const how = `${method} ${url}: ${error.cause?.code ?? error.cause?.message ?? error.message}`;
      failures[how] = (failures[how] ?? 0) + 1;
      return undefined;
    }
  }

  /** As fast as answers come, or by the clock; what an answer was late by, up to a second, is made up for. */
  async function work(at) {
    const { hat, ...credentials } = accounts[at % accounts.length];
    const mix = requests.filter((one) => one.hat === undefined || one.hat === hat);
    let [token, signedInAt, turn] = ['', -Infinity, performance.now() + Math.random() * 1000];
    for (let nth = at; !hasEnded; nth += 1) {
      if (rate > 0) {
        await sleep(Math.max(0, turn - performance.now()));
        turn = Math.max(turn, performance.now() - 1000) + (clients * 1000) / rate;
      }
      if (performance.now() - signedInAt > RENEW_MS) {
        token = JSON.parse((await send({ ...signIn, body: credentials })) ?? '{}').accessToken;
        signedInAt = performance.now();
      }
      await send(mix[nth % mix.length], token);
    }
  }

  const startedAt = performance.now();
  const tell = (more = {}) => {
    writeFileSync('/tmp/counted.part', JSON.stringify({ seconds: (performance.now() - startedAt) / 1000, ...counted, ...more }));
    renameSync('/tmp/counted.part', '/tmp/counted.json');
  };
  const working = Array.from({ length: clients }, (_, at) => work(at));
  for (; !existsSync('/tmp/stop'); await sleep(1000)) tell();
  hasEnded = true;
  await Promise.all(working);
  latencies.sort((a, b) => a - b);
  const at = (share) => Math.round(latencies[Math.floor(latencies.length * share)] ?? 0);
  const how = Object.entries(failures).sort(([, a], [, b]) => b - a).slice(0, 4).map(([name, count]) => `${count} × ${name}`).join('; ');
  tell({ p50Ms: at(0.5), p99Ms: at(0.99), how });
}

for (;;) {
  rmSync('/tmp/stop', { force: true });
  while (!existsSync('/tmp/order.json')) await sleep(100);
  const order = JSON.parse(readFileSync('/tmp/order.json', 'utf8'));
  rmSync('/tmp/order.json');
  await load(order);
}
