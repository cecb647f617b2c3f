import type { Envelope, Head } from '@muster/contracts/kernel/event';
import type { ServiceName } from '@muster/contracts/kernel/ids';
import { backoffMs } from '../kernel/backoff';
import { Loop } from '../kernel/loop';
import type { EventSource } from './event-source';
import type { Inbox } from './inbox';
import type { Stream } from './inbox.repository';
import type { DataObserver, GapReason } from './observer';
import type { RebuildQueue } from './rebuild-queue';

const PAGE = 500;
/** A hole often closes by itself: another replica files what is missing. */
const HOLE_GRACE_MS = 200;
const SILENCE_MS = 5000;
/** Milliseconds between polls while nothing is heard of the producer. */
const SILENT_POLL_MS = 1000;
/** Milliseconds for which a head that was reached counts as reached without another look. */
const REACHED_MS = 15_000;

/** Heads come once a second: a reader that was told less long ago than this that it has everything is not behind. */
const TOLD_MS = 3000;

/** The stream of one producer: what has come, what is missing, when to fetch it. */
export class ProducerReader {
  private readonly loop: Loop;
  private heardAt = performance.now();
  /** Why to read, and from which moment on. */
  private due: { reason: GapReason; at: number } | undefined = { reason: 'start', at: 0 };
  private failures = 0;
  /** When everything that the producer has was known to be here. */
  private wholeAt = performance.now();
  private heads: Head | undefined;
  /** The last head up to which everything was found to be here, and when. */
  private reached: { head: Head; at: number } | undefined;
  private stopping = false;

  constructor(
    private readonly producer: ServiceName,
    private readonly inbox: Inbox,
    private readonly source: EventSource,
    private readonly rebuilds: RebuildQueue,
    private readonly observer: DataObserver,
  ) {
    const onError = (error: unknown) => this.observer.failed(`reading ${producer}`, error);
    this.loop = new Loop({ step: () => this.step(), busyMs: 50, idleMs: 1000, onError });
  }

  start(): void {
    this.loop.start();
  }

  async stop(): Promise<void> {
    this.stopping = true;
    await this.loop.stop();
  }

  async takeEvents(events: readonly Envelope[]): Promise<void> {
    const reception = await this.inbox.receiveEvents(this.producer, events);
    if (reception.kind === 'foreign') this.want('epoch', 0);
    else if (reception.holes) this.want('hole', HOLE_GRACE_MS);
  }

  hearHead(head: Head): void {
    this.heardAt = performance.now();
    this.heads = head;
    if (this.isReached(head)) this.wholeAt = performance.now();
    else this.want('head', 0);
  }

  /**
   * For how long something of the producer may be missing here, seconds: since it was last known that nothing is. It
   * grows while the producer cannot be reached, whatever it writes meanwhile.
   */
  get lagSeconds(): number {
    const ms = performance.now() - this.wholeAt;
    return ms < TOLD_MS ? 0 : ms / 1000;
  }

  private want(reason: GapReason, inMs: number): void {
    const at = performance.now() + inMs;
    if (this.due && this.due.at <= at) return;
    this.due = { reason, at };
    // The loop itself only looks once a second: for silence.
    if (inMs === 0) this.loop.wake();
    else setTimeout(() => this.loop.wake(), inMs).unref();
  }

  private async step(): Promise<boolean> {
    const now = performance.now();
    if (!this.due && now - this.heardAt > SILENCE_MS) this.due = { reason: 'silence', at: now };
    const due = this.due;
    if (!due || due.at > now) return false;
    this.due = undefined;
    try {
      if (await this.isBehind(due.reason)) await this.catchUp(due.reason);
      if (due.reason !== 'hole' && !this.stopping) this.wholeAt = performance.now();
      this.failures = 0;
    } catch (error) {
      this.failures += 1;
      this.want(due.reason, 50 + backoffMs(this.failures, 200, 5000));
      throw error;
    }
    if (due.reason === 'silence' || now - this.heardAt > SILENCE_MS) this.want('silence', SILENT_POLL_MS);
    return false;
  }

  /** A head or a hole may have been caught up with meanwhile, here or by another replica. */
  private async isBehind(reason: GapReason): Promise<boolean> {
    if (reason !== 'head' && reason !== 'hole') return true;
    const stream = await this.inbox.findStream(this.producer);
    if (!stream) return true;
    if (reason === 'hole') return stream.ahead.length > 0;
    const head = this.heads;
    const behind = head !== undefined && (head.epoch !== stream.epoch || head.sequence > stream.contiguous);
    this.reached = head && !behind ? { head, at: performance.now() } : undefined;
    return behind;
  }

  /** A producer that writes nothing says the same head each second; the database is not asked about it each time. */
  private isReached({ epoch, sequence }: Head): boolean {
    const { head, at } = this.reached ?? {};
    return head?.epoch === epoch && head.sequence === sequence && performance.now() - (at ?? 0) < REACHED_MS;
  }

  private async catchUp(reason: GapReason): Promise<void> {
    this.observer.gapRead(this.producer, reason);
    while (!this.stopping) {
      const stream = await this.inbox.findStream(this.producer);
      if (!stream) {
        await this.beginAgain(undefined);
        continue;
      }
      const read = await this.source.readEvents(this.producer, stream.contiguous, stream.epoch, PAGE);
      if (read.kind === 'tooOld') {
        this.observer.streamBroken(this.producer, 'tooOld');
        await this.rebuilds.requestRebuildsOf(this.producer, `${this.producer} keeps its events from ${read.firstKept} on only`);
        await this.inbox.skipStreamTo(this.producer, read.firstKept - 1);
      } else if (read.kind !== 'events') {
        this.observer.streamBroken(this.producer, read.kind === 'foreignEpoch' ? 'epoch' : 'beyondHead');
        await this.beginAgain(stream);
      } else {
        if (read.events.length === 0) return;
        const reception = await this.inbox.receiveEvents(this.producer, read.events);
        if (reception.kind === 'filed' && reception.contiguous >= read.head.sequence) return;
      }
    }
  }

  /**
   * Reads the producer's present numbering from its first kept event. What was read before under other numbers is
   * recognised by its id; what is kept no longer comes by snapshots.
   */
  private async beginAgain(known: Stream | undefined): Promise<void> {
    let after = 0;
    let read = await this.source.readEvents(this.producer, after, undefined, 1);
    if (read.kind === 'tooOld') {
      after = read.firstKept - 1;
      read = await this.source.readEvents(this.producer, after, undefined, 1);
    }
    if (read.kind !== 'events') throw new Error(`${this.producer} renumbers its events right now`);
    // Wanted before the stream goes on: a crash between the two repeats a rebuild, never skips one.
    if (known || after > 0) await this.rebuilds.requestRebuildsOf(this.producer, `${this.producer} numbers its events anew, from ${after + 1} on`);
    await this.inbox.beginStream(known, { producer: this.producer, epoch: read.head.epoch, contiguous: after });
  }
}
