import { serviceNames, type ServiceName } from '@muster/contracts/kernel/ids';
import { withClient } from '@muster/platform/database/with-client';

/** What a table holds: how many rows, and a hash of all of them. */
type Fingerprints = ReadonlyMap<string, { readonly rows: number; readonly hash: string }>;

const tables = "select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace order by 1";
const fingerprint = (table: string): string =>
  `select count(*)::int as rows, md5(coalesce(string_agg(md5(t::text), '' order by md5(t::text)), '')) as hash from "${table}" t`;

/** Every table of every database, the platform's (outbox, inbox, timers …) too. */
export async function takeFingerprints(urlOf: (service: ServiceName) => string): Promise<Fingerprints> {
  const found = new Map<string, { rows: number; hash: string }>();
  for (const service of serviceNames) {
    await withClient(urlOf(service), async (client) => {
      for (const { name } of (await client.query<{ name: string }>(tables)).rows) {
        const { rows } = await client.query<{ rows: number; hash: string }>(fingerprint(name));
        if (rows[0]) found.set(`${service}.${name}`, rows[0]);
      }
    });
  }
  return found;
}

/** The tables that do not hold the same. */
export function differences(one: Fingerprints, other: Fingerprints): string[] {
  return [...new Set([...one.keys(), ...other.keys()])].filter((table) => one.get(table)?.hash !== other.get(table)?.hash);
}

export const rowsIn = (fingerprints: Fingerprints, name = ''): number =>
  [...fingerprints].filter(([table]) => table.includes(`.${name}`)).reduce((sum, [, { rows }]) => sum + rows, 0);
