// Secrets as objects of a local cluster, with the names and keys that ExternalSecret gives them in production.
import { addresses, backingNames, ownSecrets, password, publicSet, services } from './values.mjs';

/** What a List of Secrets holds: `<secret>/<key>` → value. */
export function valuesIn(list) {
  const values = {};
  for (const { metadata, data, stringData } of list.items ?? [list]) {
    for (const [key, text] of Object.entries(data ?? {})) values[`${metadata.name}/${key}`] = Buffer.from(text, 'base64').toString('utf8');
    for (const [key, text] of Object.entries(stringData ?? {})) values[`${metadata.name}/${key}`] = text;
  }
  return values;
}

/**
 * A List for `kubectl apply`.
 *
 * @param {{ namespace: string, release: string, backing: string }} names
 * @param {Record<string, string>} known values that are kept, as {@link valuesIn} gives them
 */
export function kubernetesSecrets({ namespace, release, backing }, known) {
  const kept = (secret, key, make) => known[`${secret}/${key}`] ?? make();
  const object = (name, stringData) => ({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name, namespace, labels: { 'app.kubernetes.io/part-of': 'muster', 'app.kubernetes.io/managed-by': 'muster-secrets' } },
    type: 'Opaque',
    stringData,
  });

  const passwords = Object.fromEntries(backingNames.map((name) => [name, kept(backing, name, password)]));
  const hosts = { postgres: `${backing}-postgres:5432`, nats: `${backing}-nats:4222`, valkey: `${backing}-valkey:6379`, mail: `${backing}-mailpit:1025` };
  const keys = [];
  const own = services.map((service) => {
    const name = `${release}-${service}`;
    const made = Object.fromEntries(Object.entries(ownSecrets(service)).map(([key, make]) => [key, kept(name, key, make)]));
    keys.push(made.SERVICE_KEY);
    return object(name, { ...addresses(service, passwords, hosts), ...made });
  });
  const shared = object(`${release}-service-keys`, { 'service-keys.json': publicSet(keys) });
  return { apiVersion: 'v1', kind: 'List', items: [object(backing, passwords), ...own, shared] };
}
