import { revocationMessage, type Revocation, type RevocationMessage } from '@muster/contracts/kernel/internal';
import { Inject, Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { Clock } from '../clock/clock';
import { surviving } from '../kernel/surviving';
import { FANOUT } from '../messaging/tokens';
import { Metrics } from '../metrics/metrics';
import type { Fanout } from '../realtime/fanout';
import { KeySource } from './auth-keys';
import type { RevocationPosition } from './key-source';
import type { AuthenticatedPerson } from './principal';
import { LONGEST_LIFE_SECONDS } from './token-verifier';

/** Subject on which auth fans out revocations and its heartbeat. */
export const REVOCATIONS_SUBJECT = 'revocations';
const FRESH_MS = 3_000;
/** Before it is stale, so that a silent feed alone never refuses a write: two heartbeats missed. */
const SILENT_MS = 2_000;
const POLL_EVERY_MS = 1_000;
/** Between two looks while all is well, and before the first answer; milliseconds. */
const LOOK_EVERY_MS = 500;
const FIRST_EVERY_MS = 200;
/** A replica that cannot reach auth becomes ready after this, with writes refused. */
const WAIT_AT_START_MS = 10_000;
const FORGET_EVERY_MS = 30_000;

/**
 * Knows what auth has revoked within a second. While the feed is silent, auth is polled once a second, never per
 * request. While that fails too, `cutOff` is true: writes are refused, and reads go on until their tokens expire.
 */
@Injectable()
export class Revocations implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(Revocations.name);
  private readonly sessions = new Map<string, number>();
  /** Person → tokens issued before this (milliseconds) are over. */
  private readonly persons = new Map<string, number>();
  private position: RevocationPosition | undefined;
  private heardAt = Number.NEGATIVE_INFINITY;
  /** The moment of the last message of the feed; answers to polls count for {@link heardAt} only. */
  private feedAt = Number.NEGATIVE_INFINITY;
  private askedAt = Number.NEGATIVE_INFINITY;
  private startedAt = Number.POSITIVE_INFINITY;
  private forgotAt = 0;
  private asking: Promise<void> | undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    @Inject(FANOUT) private readonly fanout: Fanout,
    private readonly source: KeySource,
    private readonly clock: Clock,
    private readonly metrics: Metrics,
  ) {}

  onApplicationBootstrap(): void {
    this.startedAt = this.clock.monotonicMs();
    this.fanout.subscribe(REVOCATIONS_SUBJECT, (message) => this.hear(message));
    this.lookAgain();
    void this.ask();
  }

  beforeApplicationShutdown(): void {
    clearTimeout(this.timer);
  }

  isRevoked(person: Pick<AuthenticatedPerson, 'personId' | 'sessionId' | 'issuedAt'>): boolean {
    if (this.sessions.size > 0 && this.sessions.has(person.sessionId)) return true;
    const before = this.persons.size > 0 ? this.persons.get(person.personId) : undefined;
    // `iat` is a whole second: a token of the second in which the revocation fell counts as issued before it.
    return before !== undefined && person.issuedAt * 1000 < before;
  }

  get cutOff(): boolean {
    return this.clock.monotonicMs() - this.heardAt > FRESH_MS;
  }

  /** True once the revocations of the last five minutes are known, or auth could not be reached for ten seconds. */
  get ready(): boolean {
    return this.position !== undefined || this.clock.monotonicMs() - this.startedAt > WAIT_AT_START_MS;
  }

  private hear(message: unknown): void {
    const parsed = revocationMessage.safeParse(message);
    if (!parsed.success) {
      this.logger.error({ err: parsed.error }, 'a message of the revocation feed does not fit its contract');
      return;
    }
    this.note(parsed.data.revocations);
    const next = this.position && parsed.data.epoch === this.position.epoch ? contiguous(this.position.sequence, parsed.data) : undefined;
    // A hole or another epoch: what was heard is kept, what is missing is asked for, and only that makes it fresh.
    if (next === undefined) void this.askAfresh();
    else {
      this.arrive(parsed.data, next);
      this.feedAt = this.heardAt;
    }
  }

  /** A heartbeat puts the moment off at which the feed counts as silent; that moment itself is never waited past. */
  private lookAgain(): void {
    const silentInMs = SILENT_MS - (this.clock.monotonicMs() - this.feedAt);
    const inMs = this.position === undefined ? FIRST_EVERY_MS : silentInMs > 0 ? Math.min(LOOK_EVERY_MS, silentInMs + 1) : LOOK_EVERY_MS;
    this.timer = setTimeout(surviving('look at the revocation feed', () => this.look(), () => this.lookAgain()), inMs).unref();
  }

  private look(): void {
    const now = this.clock.monotonicMs();
    if (now - this.feedAt > SILENT_MS || this.position === undefined) {
      const pause = this.position === undefined ? FIRST_EVERY_MS : POLL_EVERY_MS;
      if (now - this.askedAt >= pause) void this.ask();
    }
    this.forget();
    this.metrics.gauge('revocationFeedAgeSeconds').set(Math.min(now - this.heardAt, 3_600_000) / 1000);
    this.metrics.gauge('revocationCutOff').set(this.cutOff ? 1 : 0);
    this.lookAgain();
  }

  private ask(): Promise<void> {
    this.asking ??= this.fetch().finally(() => (this.asking = undefined));
    return this.asking;
  }

  /** Like {@link ask}, but never takes an answer that auth may have written before the missing revocation. */
  private async askAfresh(): Promise<void> {
    await this.asking;
    await this.ask();
  }

  private async fetch(): Promise<void> {
    this.askedAt = this.clock.monotonicMs();
    try {
      this.take(await this.source.revocationsAfter(this.position));
    } catch (error) {
      // After another epoch, or with a position older than auth's stored revocations, reading begins anew within the
      // same second.
      if (this.position === undefined || !isPositionRefused(error)) return;
      this.position = undefined;
      await this.source.revocationsAfter().then((message) => this.take(message), () => undefined);
    }
  }

  private take(message: RevocationMessage): void {
    this.note(message.revocations);
    this.arrive(message, message.head);
  }

  private arrive(message: RevocationMessage, sequence: number): void {
    this.position = { epoch: message.epoch, sequence };
    this.heardAt = this.clock.monotonicMs();
  }

  private note(revocations: readonly Revocation[]): void {
    for (const { personId, sessionId, issuedBefore } of revocations) {
      const at = Date.parse(issuedBefore);
      if (sessionId !== null) this.sessions.set(sessionId, at);
      else this.persons.set(personId, Math.max(at, this.persons.get(personId) ?? 0));
    }
  }

  /** A revocation is of no use once every token that it could concern has expired. */
  private forget(): void {
    if (this.clock.monotonicMs() - this.forgotAt < FORGET_EVERY_MS) return;
    this.forgotAt = this.clock.monotonicMs();
    const until = this.clock.now().getTime() - (LONGEST_LIFE_SECONDS + 60) * 1000;
    for (const entries of [this.sessions, this.persons]) {
      for (const [key, at] of entries) if (at < until) entries.delete(key);
    }
  }
}

/** The number up to which everything is known after `message`; undefined when something between is missing. */
function contiguous(known: number, message: RevocationMessage): number | undefined {
  const numbers = message.revocations.map(({ sequence }) => sequence).sort((a, b) => a - b);
  let upTo = known;
  for (const number of numbers) if (number === upTo + 1) upTo = number;
  return upTo >= message.head ? upTo : undefined;
}

function isPositionRefused(error: unknown): boolean {
  const status = (error as { status?: number; definition?: { status: number } } | null) ?? {};
  return [409, 410].includes(status.status ?? status.definition?.status ?? 0);
}
