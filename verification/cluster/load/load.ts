// The load pod from outside: puts it there, starts the generator in it and reads what it counted.
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PASSWORD, Visitor, type Hat } from '../../product/visitor';
import { until, type Cluster } from '../cluster';
import { openDoor } from '../door';
import { ownPod, policy } from '../objects';

const NAME = 'muster-load';
const labels = { 'app.kubernetes.io/name': 'load', 'app.kubernetes.io/part-of': 'muster-load' };
const ACCOUNTS_OF_A_HAT = 4;

interface Counted {
  readonly seconds: number;
  readonly answered: number;
  readonly failed: number;
  /** Of the failed: without any answer, because the connection broke. */
  readonly lost: number;
}

interface Ended extends Counted {
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** How it failed, the commonest first. */
  readonly how: string;
}

interface Account {
  readonly email: string;
  readonly password: string;
  readonly hat: Hat;
}

/** The pod, its script, and a policy that makes it a client of web and services; nothing else may go in or out. */
async function putLoadPod(cluster: Cluster): Promise<void> {
  const image = (await cluster.podsOf('auth'))[0]?.spec.containers[0]?.image;
  if (!image) throw new Error('there is no auth pod, whose image the load runs in: run the step install');
  const product = { matchLabels: { 'app.kubernetes.io/instance': cluster.release } };
  const ports = [3000, 8080].map((port) => ({ protocol: 'TCP', port }));
  const dns = ['UDP', 'TCP'].map((protocol) => ({ protocol, port: 53 }));
  const names = { namespaceSelector: {}, podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } } };
  await cluster.kubectl('delete', 'pod', NAME, '--ignore-not-found');
  await cluster.put(
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: NAME, labels }, data: { 'generator.mjs': readFileSync(join(__dirname, 'generator.mjs'), 'utf8') } },
    policy(NAME, { podSelector: { matchLabels: labels }, policyTypes: ['Ingress', 'Egress'], egress: [{ to: [{ podSelector: product }], ports }, { to: [names], ports: dns }] }, labels),
    policy(`${NAME}-to-muster`, { podSelector: product, policyTypes: ['Ingress'], ingress: [{ from: [{ podSelector: { matchLabels: labels } }], ports }] }, labels),
    ownPod({ name: NAME, image, labels, files: NAME, command: ['node', '/own/generator.mjs'] }),
  );
  await cluster.kubectl('wait', `pod/${NAME}`, '--for=condition=Ready', '--timeout=60s');
}

/** Workers who can be found and contractors who look for them, made through the web app as people are. */
async function makeAccounts(cluster: Cluster): Promise<Account[]> {
  const door = await openDoor(cluster);
  try {
    const accounts: Account[] = [];
    for (let at = 0; at < ACCOUNTS_OF_A_HAT; at += 1) {
      for (const hat of ['worker', 'contractor'] as const) {
        const person = await Visitor.signUp(door, `${hat}-${randomUUID().slice(0, 8)}@example.org`, hat);
        await person.introduce('Nagpur Builders');
        accounts.push({ email: person.email, password: PASSWORD, hat });
      }
    }
    return accounts;
  } finally {
    door.close();
  }
}

/** Signed-in reads of every service and a search, each at the service itself and through web's nginx. */
function requestsOf(cluster: Cluster) {
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
  const search = { placeId: '1262180', trade: 'mason', minimumLevel: 2, days: [tomorrow], pay: { amount: 95_000, currency: 'INR', basis: 'day' } };
  const routes = [
    { service: 'auth', method: 'GET', path: 'auth/account' },
    { service: 'user', method: 'GET', path: 'users/me/worker-profile', hat: 'worker' },
    { service: 'matching', method: 'POST', path: 'matching/search', body: search, hat: 'contractor' },
    { service: 'matching', method: 'GET', path: 'matching/invites', hat: 'worker' },
    { service: 'communication', method: 'GET', path: 'communication/conversations' },
    { service: 'notification', method: 'GET', path: 'notifications/inbox' },
  ];
  const web = `http://${cluster.named('web')}:8080`;
  const both = routes.flatMap(({ service, path, ...request }) => [`http://${cluster.named(service)}:3000`, web].map((origin) => ({ ...request, url: `${origin}/api/v1/${path}` })));
  return [{ method: 'GET', url: `${web}/` }, ...both];
}

/** A pod that can be told to send requests, again and again. */
export class LoadPod {
  private constructor(
    private readonly cluster: Cluster,
    private readonly accounts: readonly Account[],
  ) {}

  static async put(cluster: Cluster): Promise<LoadPod> {
    await putLoadPod(cluster);
    return new LoadPod(cluster, await makeAccounts(cluster));
  }

  /** @param rate requests a second of all clients together; 0: as fast as answers come */
  async start(clients: number, rate: number): Promise<void> {
    const { cluster, accounts } = this;
    const signIn = { method: 'POST', url: `http://${cluster.named('auth')}:3000/api/v1/auth/sign-in` };
    const order = JSON.stringify({ accounts, clients, rate, signIn, requests: requestsOf(cluster) });
    await this.inPod('rm -f /tmp/counted.json; cat > /tmp/order.part && mv /tmp/order.part /tmp/order.json', order);
    await until('the load to start', 90, async () => ((await this.read())?.answered ?? 0) > 0 || undefined);
  }

  /** So far; renewed each second. */
  counted(): Promise<Counted> {
    return until('what the load has counted', 60, () => this.read());
  }

  async stop(): Promise<Ended> {
    await this.inPod('touch /tmp/stop');
    return until('the last count of the load', 90, async () => {
      const counted = await this.read();
      return counted && 'how' in counted ? counted : undefined;
    });
  }

  async remove(): Promise<void> {
    await this.cluster.kubectl('delete', 'pod,configmap,networkpolicy', '-l', 'app.kubernetes.io/part-of=muster-load', '--ignore-not-found');
  }

  private async read(): Promise<Counted | Ended | undefined> {
    const { code, out } = await this.cluster.tryKubectl(['exec', NAME, '--', 'cat', '/tmp/counted.json'], { seconds: 30 });
    return code === 0 ? (JSON.parse(out) as Counted | Ended) : undefined;
  }

  private async inPod(script: string, input = ''): Promise<void> {
    const { code, err } = await this.cluster.tryKubectl(['exec', '-i', NAME, '--', 'sh', '-c', script], { input, seconds: 60 });
    if (code !== 0) throw new Error(`the load pod: ${err}`);
  }
}
