import type { PersonId } from '@muster/contracts/kernel/ids';
import { jobErrors } from '@muster/contracts/matching/errors';
import { AppError } from '@muster/platform/errors/app-error';
import { Injectable } from '@nestjs/common';
import { CardLoader } from '../workers/card-loader';
import { JobsRepository } from './jobs.repository';

/**
 * Requires that a contractor has a name before anybody is asked to work for them. User owns the names and matching
 * keeps no copy: it asks once, before a contractor's first job, and never within a transaction. A name cannot be
 * removed, so a contractor with a job has one.
 */
@Injectable()
export class NamedContractor {
  constructor(
    private readonly jobs: JobsRepository,
    private readonly cards: CardLoader,
  ) {}

  /** @throws AppError matching.name_required; platform.unavailable if user does not answer */
  async requireName(contractor: PersonId): Promise<void> {
    if (await this.jobs.hasAnyJob(contractor)) return;
    if (!(await this.cards.loadCard(contractor))) throw new AppError(jobErrors.nameRequired);
  }
}
