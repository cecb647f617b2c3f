import type { PersonId, SessionId } from '@muster/contracts/kernel/ids';
import { eventErrors, type RevocationMessage } from '@muster/contracts/kernel/internal';
import type { RevocationPosition } from '@muster/platform/auth/key-source';
import { REVOCATIONS_SUBJECT } from '@muster/platform/auth/revocations';
import { Clock } from '@muster/platform/clock/clock';
import { afterCommit } from '@muster/platform/database/after-commit';
import type { Tx } from '@muster/platform/database/database';
import { AppError } from '@muster/platform/errors/app-error';
import { Loop } from '@muster/platform/kernel/loop';
import { AfterRestore } from '@muster/platform/messaging/after-restore';
import { FANOUT } from '@muster/platform/messaging/tokens';
import type { Fanout } from '@muster/platform/realtime/fanout';
import { Inject, Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { RevocationsRepository } from './revocations.repository';

/** Milliseconds between two heartbeats; with the loop's jitter of a quarter they stay below a second. */
const BEAT_MS = 750;
/** The lifetime of an access token. Older revocations concern no valid token. */
const REMEMBERED_MS = 5 * 60_000;

/**
 * Publishes revocations to every service at once, and each second a heartbeat with the number up to which a service
 * should have heard.
 */
@Injectable()
export class RevocationFeed implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(RevocationFeed.name);
  private readonly loop = new Loop({
    step: () => this.beat(),
    busyMs: BEAT_MS,
    idleMs: BEAT_MS,
    onError: (error) => this.logger.error({ err: error }, 'the revocation feed has missed a beat'),
  });
  private told: RevocationPosition | undefined;

  constructor(
    private readonly repository: RevocationsRepository,
    @Inject(FANOUT) private readonly fanout: Fanout,
    private readonly clock: Clock,
    afterRestore: AfterRestore,
  ) {
    afterRestore.registerStep(() => this.repository.renewEpoch());
  }

  onApplicationBootstrap(): void {
    this.loop.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.loop.stop();
  }

  /** Must be the last statement of a transaction, because it holds the lock of the numbering until the commit. */
  async appendRevocation(tx: Tx, revocation: { personId: PersonId; sessionId: SessionId | null; issuedBefore: Date }): Promise<void> {
    await this.repository.insertRevocation(tx, {
      person_id: revocation.personId,
      session_id: revocation.sessionId,
      issued_before: revocation.issuedBefore,
    });
    afterCommit(tx, () => this.loop.wake());
  }

  /** @throws AppError platform.foreign_epoch, platform.beyond_head, platform.too_old: the reader begins anew */
  async revocationsAfter(position?: RevocationPosition): Promise<RevocationMessage> {
    const { epoch, head, firstKept } = await this.repository.findHead();
    if (!position) {
      const since = new Date(this.clock.now().getTime() - REMEMBERED_MS);
      return { epoch, head, revocations: await this.repository.listRevocationsSince(since, head) };
    }
    if (position.epoch !== epoch) throw new AppError(eventErrors.foreignEpoch);
    if (position.sequence > head) throw new AppError(eventErrors.beyondHead);
    if (position.sequence < firstKept - 1) throw new AppError(eventErrors.tooOld, { firstKept });
    return { epoch, head, revocations: await this.repository.listRevocationsBetween(position.sequence, head) };
  }

  private async beat(): Promise<boolean> {
    const { epoch, head } = await this.repository.findHead();
    const from = this.told?.epoch === epoch ? this.told.sequence : head;
    const revocations = head > from ? await this.repository.listRevocationsBetween(from, head) : [];
    this.fanout.publish(REVOCATIONS_SUBJECT, { epoch, head, revocations } satisfies RevocationMessage);
    this.told = { epoch, sequence: head };
    return false;
  }
}
