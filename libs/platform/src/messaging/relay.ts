import type { Envelope, Head, LiveHint } from '@muster/contracts/kernel/event';
import { Inject, Injectable } from '@nestjs/common';
import { Loop } from '../kernel/loop';
import { every } from '../kernel/surviving';
import type { Fanout } from '../realtime/fanout';
import { liveSubject } from '../realtime/fanout';
import { tracedPublish } from '../tracing/spans';
import type { Carrier } from './carrier';
import { crashPoint } from './crash-points';
import { DataObserver } from './observer';
import { Outbox } from './outbox';
import { OutboxRepository, type OutboxEntry } from './outbox.repository';
import { CARRIER, FANOUT } from './tokens';

const BATCH = 500;
const HEAD_MS = 1000;
/** Milliseconds for which the last head is said again without a look, while this replica numbers nothing. */
const QUIET_HEAD_MS = 3000;
/**
 * Milliseconds between polls. Commits in this process wake the loop, so polling only finds events that another replica
 * committed but did not live to number.
 */
const IDLE_MS = 3000;

/**
 * Numbers committed events and hands them to the carrier. Every replica runs one and publishes what it numbered; what
 * is still unpublished after 2 s, because its relay died or its broker refused, any replica publishes again.
 */
@Injectable()
export class Relay {
  private readonly loop: Loop;
  private headTimer: NodeJS.Timeout | undefined;
  private lastHead: Head | undefined;
  private sweepAt = 0;
  private numberedAt = 0;
  private lookedAt = 0;

  constructor(
    private readonly outbox: Outbox,
    private readonly repository: OutboxRepository,
    @Inject(CARRIER) private readonly carrier: Carrier,
    @Inject(FANOUT) private readonly fanout: Fanout,
    private readonly observer: DataObserver,
  ) {
    const onError = (error: unknown) => this.observer.relayFailed(error);
    this.loop = new Loop({ step: () => this.relayEvents(), busyMs: 20, idleMs: IDLE_MS, onError });
    outbox.onCommitted(() => this.loop.wake());
  }

  start(): void {
    this.loop.start();
    this.headTimer = every('head of the events', HEAD_MS, () => this.sendHead());
  }

  /** Publishes what has been committed so far, then ends. */
  async stop(): Promise<void> {
    clearInterval(this.headTimer);
    await this.loop.stop();
    try {
      while (await this.relayEvents());
    } catch (error) {
      this.observer.relayFailed(error); // they stay in the outbox; the next process publishes them
    }
  }

  /** One pass; true when it published something. */
  async relayEvents(): Promise<boolean> {
    crashPoint('relay.before-number');
    const { first, last } = await this.repository.numberEvents(BATCH);
    crashPoint('relay.after-number');
    if (last >= first) {
      this.numberedAt = performance.now();
      const entries = await this.repository.listEventsBetween(first, last, BATCH);
      crashPoint('relay.after-read');
      await this.traced(entries, async (outgoing) => {
        this.sendHints(outgoing);
        crashPoint('relay.after-hints');
        await this.publish(outgoing);
      });
      return true;
    }
    return this.sweep();
  }

  private async sweep(): Promise<boolean> {
    if (performance.now() < this.sweepAt) return false;
    this.sweepAt = performance.now() + HEAD_MS;
    const entries = await this.repository.listOverdueEvents(BATCH);
    if (entries.length === 0) return false;
    await this.traced(entries, async (outgoing) => {
      await this.publish(outgoing);
      this.sendHints(outgoing); // after, not before: while a broker refuses, each pass would send them again
    });
    this.sweepAt = 0;
    return true;
  }

  /** Events and hints of a traced request go out under the span that sends them. */
  private traced(entries: readonly OutboxEntry[], send: (outgoing: readonly OutboxEntry[]) => Promise<void>): Promise<void> {
    const envelopes = entries.map((entry) => entry.envelope);
    return tracedPublish(this.outbox.service, envelopes, (sent) =>
      send(sent === envelopes ? entries : entries.map((entry, at) => ({ ...entry, envelope: sent[at] as Envelope }))),
    );
  }

  private async publish(entries: readonly OutboxEntry[]): Promise<void> {
    const source = entries[0]?.envelope.source;
    if (!source) return;
    await this.carrier.publishEvents(source, entries.map((entry) => entry.envelope));
    crashPoint('relay.after-publish');
    await this.repository.markEventsPublished(entries);
    crashPoint('relay.after-mark');
    this.observer.relayed(entries.length);
  }

  private sendHints(entries: readonly OutboxEntry[]): void {
    let count = 0;
    for (const { aggregateType, envelope } of entries) {
      const { aggregateId: id, aggregateVersion: version, type: fact, traceparent } = envelope;
      const hint: LiveHint = { kind: aggregateType, id, version, fact, ...(traceparent === undefined ? {} : { traceparent }) };
      for (const person of envelope.recipients) this.fanout.publish(liveSubject(person), hint);
      count += envelope.recipients.length;
    }
    if (count > 0) this.observer.hintsSent(count);
  }

  /**
   * Says which number everybody should have by now: the head of a second ago. The present one would have readers fetch
   * what is on its way; one of published events would hide those that the broker refuses.
   */
  private async sendHead(): Promise<void> {
    const now = performance.now();
    if (this.lastHead && this.numberedAt < this.lookedAt - HEAD_MS && now < this.lookedAt + QUIET_HEAD_MS) {
      this.carrier.publishHead(this.lastHead);
      return;
    }
    try {
      const { epoch, head } = await this.repository.findNumbering();
      this.lookedAt = now;
      const previous = this.lastHead;
      this.lastHead = { producer: this.outbox.service, epoch, sequence: head };
      this.carrier.publishHead(previous?.epoch === epoch ? previous : this.lastHead);
    } catch (error) {
      this.observer.relayFailed(error);
    }
  }
}
