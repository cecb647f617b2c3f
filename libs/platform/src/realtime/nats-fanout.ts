import { randomUUID } from 'node:crypto';
import type { NatsConnection } from '@nats-io/transport-node';
import { surviving } from '../kernel/surviving';
import type { NatsLink } from '../messaging/nats-link';
import { callSafely, type Fanout, type FanoutHandler } from './fanout';

/** `n` counts a publisher's messages of one family, so that listeners to all of it see what they missed. */
interface Carried {
  readonly publisher: string;
  readonly n: number;
  readonly message: unknown;
}

interface Listening {
  readonly subject: string;
  readonly handler: FanoutHandler;
  readonly last: Map<string, number>;
  end?: () => void;
  ended: boolean;
}

const PREFIX = 'muster.fanout.';
const familyOf = (subject: string): string => subject.split('.')[0] ?? subject;

/** Fan-out over plain NATS: at most once, to everybody connected. */
export class NatsFanout implements Fanout {
  private readonly publisher = randomUUID();
  private readonly counts = new Map<string, number>();
  private readonly listening = new Set<Listening>();
  private readonly lostHandlers: Array<() => void> = [];

  constructor(private readonly link: NatsLink) {
    link.onLost(() => this.lost());
  }

  publish(subject: string, message: unknown): void {
    const family = familyOf(subject);
    const n = (this.counts.get(family) ?? 0) + 1;
    this.counts.set(family, n); // counted also when it cannot be sent: the next one shows the hole
    const carried: Carried = { publisher: this.publisher, n, message };
    this.link.current?.publish(PREFIX + subject, JSON.stringify(carried));
  }

  subscribe(subject: string, handler: FanoutHandler): () => void {
    const entry: Listening = { subject, handler, last: new Map(), ended: false };
    this.listening.add(entry);
    this.link.whenOpen((connection) => this.open(connection, entry));
    return () => {
      entry.ended = true;
      entry.end?.();
      this.listening.delete(entry);
    };
  }

  onLost(handler: () => void): void {
    this.lostHandlers.push(handler);
  }

  async close(): Promise<void> {
    for (const entry of this.listening) {
      entry.ended = true;
      entry.end?.();
    }
    await this.link.close();
  }

  private open(connection: NatsConnection, entry: Listening): void {
    if (entry.ended) return;
    const hearsAll = entry.subject === familyOf(entry.subject) || entry.subject === `${familyOf(entry.subject)}.*`;
    const subscription = connection.subscribe(PREFIX + entry.subject, {
      callback: (error, message) => {
        if (error || entry.ended) return;
        const carried = carriedIn(message.string());
        if (!carried) return;
        if (hearsAll) this.count(entry, carried);
        callSafely(entry.handler, carried.message, message.subject.slice(PREFIX.length));
      },
    });
    entry.end = () => subscription.unsubscribe();
  }

  private count(entry: Listening, { publisher, n }: Carried): void {
    const last = entry.last.get(publisher);
    entry.last.set(publisher, n);
    if (last !== undefined && n > last + 1) this.lost();
  }

  private lost(): void {
    for (const handler of this.lostHandlers) surviving('lost fan-out', handler)();
  }
}

function carriedIn(text: string): Carried | undefined {
  try {
    return JSON.parse(text) as Carried;
  } catch {
    return undefined;
  }
}
