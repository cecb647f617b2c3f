import { setTimeout as sleep } from 'node:timers/promises';
import { counted } from '../../tools/check/report';
import type { Product } from '../product/standalone';
import { checkHistory, type Verdict } from './check-history.rules';
import { endLeases, letTimePass, readStores, untilQuiet } from './databases';
import type { Traffic } from './traffic';

/** Longer than the 30 s for which a dead process's claims are respected. */
const QUIET_MS = 75_000;

interface Judgement {
  readonly verdicts: readonly Verdict[];
  readonly faults: readonly string[];
  /** How many invites came to which end. */
  readonly invites: string;
}

/** Waits until nothing is on its way, reads everything and judges it. The traffic has stopped, Muster is up. */
export async function judge(product: Product, traffic: Pick<Traffic, 'history'>, { waitForLeases = true, quietMs = QUIET_MS } = {}): Promise<Judgement> {
  if (!waitForLeases) await endLeases(product);
  const unrest = await untilQuiet(product, quietMs);
  const stores = await readStores(product);
  const verdicts = checkHistory({ history: traffic.history.attempts, stores });
  const late = unrest === undefined ? [] : [`not quiet after ${quietMs / 1000} s: ${unrest}`];
  return { verdicts, invites: counted(stores.domain.invites.map(({ state }) => state)), faults: [...late, ...verdicts.flatMap(({ rule, faults }) => faults.map((fault) => `${rule}: ${fault}`))] };
}

/** While it goes on invites expire, which otherwise takes a quarter of an hour. @returns how to end it */
export function hurryTime(product: Product, { invites = 1, everyMs = 700 } = {}): () => Promise<void> {
  let hurrying = true;
  let failure: unknown;
  const note = (error: unknown): void => {
    const { code } = error as { code?: unknown };
    if (typeof code === 'string' && code.startsWith('42')) failure ??= error; // our own SQL; anything else is the kill's doing
  };
  const loop = (async () => {
    while (hurrying) {
      await product.untilUp();
      if (hurrying && product.isRunning) await letTimePass(product, invites).catch(note);
      await sleep(everyMs);
    }
  })();
  return async () => {
    hurrying = false;
    await Promise.race([loop, sleep(500)]);
    if (failure) throw new Error('time could not be hurried', { cause: failure });
  };
}

export function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new Error(`${text} is no whole number above 0`);
  return value;
}
