import { services, until, type Cluster } from '../cluster';

async function postgresPod(cluster: Cluster): Promise<string> {
  const [pod] = await cluster.pods(`app.kubernetes.io/instance=${cluster.backing},app.kubernetes.io/name=postgres`);
  if (!pod) throw new Error('there is no pod of postgres');
  return pod.metadata.name;
}

function psql(cluster: Cluster, pod: string, statement: string, database = 'postgres'): Promise<string> {
  return cluster.kubectl('exec', pod, '--', 'psql', '-U', 'postgres', '-d', database, '-v', 'ON_ERROR_STOP=1', '-Atc', statement);
}

/** Every service's database refuses connections from now on, and ends those it has. @returns what brings them back */
export async function databaseGone(cluster: Cluster): Promise<() => Promise<void>> {
  const pod = await postgresPod(cluster);
  const allow = (yes: boolean): string => services.map((service) => `alter database muster_${service} with allow_connections ${yes}`).join('; ');
  await psql(cluster, pod, allow(false));
  await psql(cluster, pod, `select count(pg_terminate_backend(pid)) from pg_stat_activity where datname like 'muster_%'`);
  return async () => void (await psql(cluster, pod, allow(true)));
}

const LOCK = 'muster-cluster-lock';

/** Nobody can read matching's worker documents until the returned function ran, or two minutes are over. */
export async function lockWorkers(cluster: Cluster): Promise<() => Promise<void>> {
  const pod = await postgresPod(cluster);
  const hold = `set application_name = '${LOCK}'; begin; lock table worker_documents in access exclusive mode; select pg_sleep(120); commit`;
  const held = psql(cluster, pod, hold, 'muster_matching').catch(() => ''); // it is ended below
  await until('the lock on worker_documents', 20, async () => {
    const count = await psql(cluster, pod, `select count(*) from pg_locks where mode = 'AccessExclusiveLock' and granted and relation = 'worker_documents'::regclass`, 'muster_matching');
    return Number(count) > 0 || undefined;
  });
  return async () => {
    await psql(cluster, pod, `select pg_terminate_backend(pid) from pg_stat_activity where application_name = '${LOCK}'`);
    await held;
  };
}
