import { randomUUID } from 'node:crypto';
import type { Cluster } from '../cluster';
import type { Findings } from '../finding';
import { Doorway, type Account } from '../people';

const EACH = 4;

/** Workers who can be found and contractors who look for them, made through the web app as people are. */
export async function accountsFor(cluster: Cluster, findings: Findings): Promise<Account[]> {
  const door = await Doorway.open(cluster);
  const run = randomUUID().slice(0, 8);
  try {
    const accounts: Account[] = [];
    for (let at = 0; at < EACH; at += 1) {
      accounts.push(await door.signUp(`worker-${run}-${at}@example.org`, 'worker'), await door.signUp(`contractor-${run}-${at}@example.org`, 'contractor'));
    }
    findings.say(`${accounts.length} people signed up`);
    return accounts;
  } finally {
    door.close();
  }
}
