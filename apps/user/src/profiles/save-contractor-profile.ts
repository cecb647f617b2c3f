import type { PersonId } from '@muster/contracts/kernel/ids';
import { contractorProfileChanged } from '@muster/contracts/user/events';
import type { contractorProfileInput } from '@muster/contracts/user/views';
import { Clock } from '@muster/platform/clock/clock';
import { Database } from '@muster/platform/database/database';
import { Outbox } from '@muster/platform/messaging/outbox';
import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { ContractorProfilesRepository } from './contractor-profiles.repository';
import { knownPlace } from './profile.rules';
import { RepublishName } from './republish-name';

@Injectable()
export class SaveContractorProfile {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly outbox: Outbox,
    private readonly profiles: ContractorProfilesRepository,
    private readonly names: RepublishName,
  ) {}

  async execute(person: PersonId, input: z.output<typeof contractorProfileInput>): Promise<void> {
    if (input.placeId) knownPlace(input.placeId);
    const now = this.clock.now();
    await this.database.transaction(async (tx) => {
      const joinedAt = await this.names.execute(tx, person, input.displayName, now);
      await this.profiles.saveContractorProfile(tx, person, input.placeId, now);
      await this.outbox.appendEvent(tx, contractorProfileChanged, {
        aggregateId: person,
        data: { joinedAt: joinedAt.toISOString() },
      });
    });
  }
}
