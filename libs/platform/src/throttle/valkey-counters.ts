import type { Redis } from 'ioredis';
import type { CounterStore, SetCount, WindowCount } from './counter-store';
import { MemoryCounters } from './memory-counters';

/** One round trip, and a key can never be left without an end. */
const SCRIPT = `
local count = redis.call('INCR', KEYS[1])
local left = redis.call('PTTL', KEYS[1])
if left < 0 then redis.call('PEXPIRE', KEYS[1], ARGV[1]) left = tonumber(ARGV[1]) end
return {count, left}`;

/** All of the members or none, in one round trip; the set's end is that of its first member. */
const ADD_SCRIPT = `
local fresh = 0
local seen = {}
for at = 3, #ARGV do
  if not seen[ARGV[at]] and redis.call('SISMEMBER', KEYS[1], ARGV[at]) == 0 then fresh = fresh + 1 end
  seen[ARGV[at]] = true
end
local added = redis.call('SCARD', KEYS[1]) + fresh <= tonumber(ARGV[2])
if added then for at = 3, #ARGV do redis.call('SADD', KEYS[1], ARGV[at]) end end
local left = redis.call('PTTL', KEYS[1])
if left < 0 then
  left = tonumber(ARGV[1])
  if added then redis.call('PEXPIRE', KEYS[1], left) end
end
return {added and 1 or 0, left}`;

interface Options {
  readonly url: string;
  /** Called each time the replica had to count alone. */
  readonly onFallback: (error: unknown) => void;
}

/** Counts shared by all replicas. While Valkey does not answer within 100 ms, each replica counts for itself. */
export class ValkeyCounters implements CounterStore {
  private readonly alone = new MemoryCounters();

  private constructor(
    private readonly client: Redis,
    private readonly onFallback: (error: unknown) => void,
  ) {}

  /** Returns at once; the connection is made in the background and kept. */
  static async connect(options: Options): Promise<ValkeyCounters> {
    const { Redis: Client } = await import('ioredis');
    const client = new Client(options.url, {
      commandTimeout: 100,
      connectTimeout: 2_000,
      maxRetriesPerRequest: 0,
      enableOfflineQueue: false,
      retryStrategy: (attempt) => Math.min(100 * 2 ** attempt, 5_000) * (0.5 + Math.random() / 2),
    });
    // The hits report that it is away; a connection's error without a listener would end the process.
    client.on('error', () => undefined);
    return new ValkeyCounters(client, options.onFallback);
  }

  async countHit(key: string, windowMs: number): Promise<WindowCount> {
    try {
      const [count, resetMs] = (await this.client.eval(SCRIPT, 1, `rate:${key}`, windowMs)) as [number, number];
      return { count, resetMs };
    } catch (error) {
      this.onFallback(error);
      return this.alone.countHit(key, windowMs);
    }
  }

  async countMembers(key: string, members: readonly string[], windowMs: number, most: number): Promise<SetCount> {
    try {
      const [added, resetMs] = (await this.client.eval(ADD_SCRIPT, 1, `rate:${key}`, windowMs, most, ...members)) as [number, number];
      return { added: added === 1, resetMs };
    } catch (error) {
      this.onFallback(error);
      return this.alone.countMembers(key, members, windowMs, most);
    }
  }

  async close(): Promise<void> {
    this.client.disconnect();
    await this.alone.close();
  }
}
