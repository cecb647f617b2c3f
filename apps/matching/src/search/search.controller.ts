import { Controller } from '@nestjs/common';
import type { InputOf, OutputOf } from '@muster/contracts/kernel/route';
import { searchWorkers } from '@muster/contracts/matching/jobs.routes';
import type { AuthenticatedPerson } from '@muster/platform/auth/principal';
import { Caller, Handle, Input } from '@muster/platform/http/handle';
import { SearchWorkers } from './search-workers';

@Controller()
export class SearchController {
  constructor(private readonly searching: SearchWorkers) {}

  @Handle(searchWorkers)
  async search(
    @Caller() me: AuthenticatedPerson,
    @Input(searchWorkers) { body }: InputOf<typeof searchWorkers>,
  ): Promise<OutputOf<typeof searchWorkers>> {
    return this.searching.execute(me.personId, body);
  }
}
