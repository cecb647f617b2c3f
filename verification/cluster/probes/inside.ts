import type { Cluster } from '../cluster';

interface Answer {
  readonly status: number;
  /** Checks that are down, and why. */
  readonly reasons: Readonly<Record<string, string>>;
}

const ask = `
fetch('http://127.0.0.1:9000' + process.argv[1]).then(async (answer) => {
  const body = await answer.json();
  const reasons = Object.fromEntries(Object.entries(body.error ?? {}).map(([name, { reason }]) => [name, reason]));
  console.log(JSON.stringify({ status: answer.status, reasons }));
});
`;

/** What the kubelet would be told, asked from inside the pod. */
export function probe(cluster: Cluster, pod: string, path: string): Promise<Answer> {
  return cluster.nodeIn<Answer>(pod, ask, path);
}

/** Opens the debugger of the pod's first process and has it run in circles; nothing of the product takes part. */
const circles = `
process.kill(1, 'SIGUSR1');
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
(async () => {
  let targets;
  for (let tries = 0; !targets && tries < 50; tries += 1) targets = await fetch('http://127.0.0.1:9229/json/list').then((answer) => answer.json(), () => pause(100));
  const socket = new WebSocket(targets[0].webSocketDebuggerUrl);
  await new Promise((resolve, reject) => ((socket.onopen = resolve), (socket.onerror = reject)));
  socket.send(JSON.stringify({ id: 1, method: 'Runtime.evaluate', params: { expression: 'setTimeout(() => { for (;;); }, 200)' } }));
  await new Promise((resolve) => (socket.onmessage = resolve));
  console.log('true');
  process.exit(0);
})();
`;

export async function plantDeadlock(cluster: Cluster, pod: string): Promise<void> {
  await cluster.nodeIn<true>(pod, circles);
}
