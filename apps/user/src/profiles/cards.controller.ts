import { limits } from '@muster/contracts/kernel/limits';
import type { InputOf, OutputOf } from '@muster/contracts/kernel/route';
import { readCards, readCardsForServices } from '@muster/contracts/user/routes';
import type { AuthenticatedPerson } from '@muster/platform/auth/principal';
import { Caller, Handle, Input } from '@muster/platform/http/handle';
import { ReadLimits } from '@muster/platform/limits/read-limits';
import { Controller } from '@nestjs/common';
import { PeopleRepository } from './people.repository';

@Controller()
export class CardsController {
  constructor(
    private readonly people: PeopleRepository,
    private readonly limits: ReadLimits,
  ) {}

  @Handle(readCards)
  async read(@Caller() me: AuthenticatedPerson, @Input(readCards) { body }: InputOf<typeof readCards>): Promise<OutputOf<typeof readCards>> {
    const items = await this.people.listCards(body.ids);
    await this.limits.countShown(limits.profilesPerDay, me, items.map(({ personId }) => personId));
    return { items };
  }

  @Handle(readCardsForServices)
  async readForServices(
    @Input(readCardsForServices) { body }: InputOf<typeof readCardsForServices>,
  ): Promise<OutputOf<typeof readCardsForServices>> {
    return { items: await this.people.listCards(body.ids) };
  }
}
