import { limits } from '@muster/contracts/kernel/limits';
import type { InputOf, OutputOf } from '@muster/contracts/kernel/route';
import { searchWorkers } from '@muster/contracts/matching/jobs.routes';
import type { AuthenticatedPerson } from '@muster/platform/auth/principal';
import { Caller, Handle, Input } from '@muster/platform/http/handle';
import { ReadLimits } from '@muster/platform/limits/read-limits';
import { Controller } from '@nestjs/common';
import { peopleIn } from './ranking-view.rules';
import { SearchWorkers } from './search-workers';

@Controller()
export class SearchController {
  constructor(
    private readonly searching: SearchWorkers,
    private readonly limits: ReadLimits,
  ) {}

  @Handle(searchWorkers)
  async search(
    @Caller() me: AuthenticatedPerson,
    @Input(searchWorkers) { body }: InputOf<typeof searchWorkers>,
  ): Promise<OutputOf<typeof searchWorkers>> {
    const ranking = this.searching.execute(me.personId, body);
    await this.limits.countShown(limits.profilesPerDay, me, peopleIn(ranking));
    return ranking;
  }
}
