import type { PersonId } from '@muster/contracts/kernel/ids';
import { inviteErrors } from '@muster/contracts/matching/errors';
import type { LineId } from '@muster/contracts/matching/ids';
import { Clock } from '@muster/platform/clock/clock';
import type { Tx } from '@muster/platform/database/database';
import { AppError } from '@muster/platform/errors/app-error';
import { siblingsOf } from '@muster/reference/trades';
import { Injectable } from '@nestjs/common';
import { mayAsk, REST_MS, type AskingVerdict } from '../jobs/asking.rules';
import { searchOfLine } from '../jobs/line-work.rules';
import type { HeldLine } from '../jobs/staffing';
import { refusalOf } from '../ranking/invitable.rules';
import type { WorkerDocument } from '../ranking/worker-document';
import { Workers } from '../workers/workers';
import { InvitesRepository } from './invites.repository';

/**
 * Decides whether a worker may be asked for a line, by the same rule as search, but over what is true in the
 * transaction.
 */
@Injectable()
export class Invitable {
  constructor(
    private readonly workers: Workers,
    private readonly invites: InvitesRepository,
    private readonly clock: Clock,
  ) {}

  /**
   * Reads everything whatever the answer will be, so that the time taken reveals nothing about the reason.
   *
   * @param held the line, locked after the worker
   * @throws AppError notAMatch, notAvailable, alreadyInvited, askAgainLater, askedEnough
   */
  async requireInvitable(tx: Tx, { line, job, days }: HeldLine, worker: PersonId): Promise<WorkerDocument> {
    const now = this.clock.now();
    const contractor = job.contractor as PersonId;
    const lineId = line.line_id as LineId;
    const earlier = await this.invites.lockEarlierInvites(tx, { contractor, worker, lineId, since: new Date(now.getTime() - REST_MS) });
    const known = await this.workers.documentOf(tx, worker);
    const document = (await this.workers.isHatOff(tx, worker)) ? undefined : known;
    const refusal = refusalOf(document, searchOfLine(line, job, { now, days, limit: 1 }), siblingsOf);
    requireMayAsk(mayAsk(earlier, lineId, now));
    if (!document || refusal === 'not_available') throw new AppError(inviteErrors.notAvailable);
    if (refusal) throw new AppError(inviteErrors.notAMatch, { filter: refusal });
    return document;
  }
}

function requireMayAsk(asked: AskingVerdict): void {
  if (asked.verdict === 'already_invited') throw new AppError(inviteErrors.alreadyInvited);
  if (asked.verdict === 'asked_enough') throw new AppError(inviteErrors.askedEnough);
  if (asked.verdict === 'later') throw new AppError(inviteErrors.askAgainLater, { until: asked.until.toISOString() });
}
