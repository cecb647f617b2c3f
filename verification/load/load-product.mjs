// The product and a bare server beside it, on free ports of loopback, for as long as a load test needs them. When: from
// `npm run load:baseline`.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { Agent, createServer as createHttpServer, request } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const PATIENCE_MS = 300_000;

export function freePort() {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** Muster with the demo's market, on data of its own; limits by account are off, since one account carries all the load. */
export async function startProduct() {
  const port = await freePort();
  const data = mkdtempSync(join(tmpdir(), 'muster-load-'));
  const env = { ...process.env, RATE_LIMITS: ['read', 'search', 'write'].map((name) => `${name}=1000000/1000000`).join(','), LIMITS: 'none', LOG_LEVEL: 'error' };
  const child = spawn(process.execPath, [join(root, 'tools/dev/start.mjs'), '--demo', '--port', String(port), '--data', data], { cwd: root, env });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += text));
  const stop = async () => {
    child.kill('SIGINT');
    await ended;
    rmSync(data, { recursive: true, force: true });
  };
  for (const until = Date.now() + PATIENCE_MS; !said.includes('Ctrl-C ends Muster.'); await new Promise((resolve) => setTimeout(resolve, 100))) {
    if (child.exitCode === null && Date.now() < until) continue;
    await stop();
    throw new Error(`Muster did not start:\n${said}`);
  }
  const [, email, password] = /Sign in as contractor: (\S+) {2}(\S+)/.exec(said) ?? [];
  return { origin: `http://localhost:${port}`, email, password, pid: child.pid, stop };
}

/**
 * What the machine is worth: node's own server, and a fixed millisecond of work such as the product does (a page of jobs
 * read, changed and written), so that a slower processor slows both alike. A POST waits for the disk too, as a commit does.
 */
export async function startBare() {
  const page = JSON.stringify({ items: Array.from({ length: 50 }, (_, at) => ({ at, title: 'Compound wall at Wardha Road', days: ['2026-01-01', '2026-01-02'], state: 'open' })) });
  const folder = mkdtempSync(join(tmpdir(), 'muster-load-bare-'));
  const log = await open(join(folder, 'log'), 'a');
  const server = createHttpServer(async ({ method }, response) => {
    let body = page;
    for (let round = 0; round < 20; round += 1) body = JSON.stringify({ items: JSON.parse(body).items.map((item) => ({ ...item, at: round })) });
    if (method === 'POST') {
      await log.write(body);
      await log.datasync();
    }
    response.setHeader('content-type', 'application/json').end(body);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const stop = async () => {
    server.close();
    await log.close();
    rmSync(folder, { recursive: true, force: true });
  };
  return { address: `http://127.0.0.1:${server.address().port}/`, stop };
}

/** The planted fault: every answer of the product comes this much later. */
export async function startDelay(origin, delayMs) {
  const agent = new Agent({ keepAlive: true });
  const server = createHttpServer((incoming, outgoing) => {
    const { method, url, headers } = incoming;
    const forwarded = request(`${origin}${url}`, { method, headers, agent }, (answer) => {
      setTimeout(() => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      }, delayMs);
    });
    forwarded.once('error', () => outgoing.writeHead(502).end());
    incoming.pipe(forwarded);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { address: `http://127.0.0.1:${server.address().port}`, stop: () => server.close() };
}
