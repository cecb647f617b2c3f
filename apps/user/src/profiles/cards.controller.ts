import { Handle, Input } from '@muster/platform/http/handle';
import type { InputOf, OutputOf } from '@muster/contracts/kernel/route';
import { readCards, readCardsForServices } from '@muster/contracts/user/routes';
import { Controller } from '@nestjs/common';
import { PeopleRepository } from './people.repository';

@Controller()
export class CardsController {
  constructor(private readonly people: PeopleRepository) {}

  @Handle(readCards)
  async read(@Input(readCards) { body }: InputOf<typeof readCards>): Promise<OutputOf<typeof readCards>> {
    return { items: await this.people.cards(body.ids) };
  }

  @Handle(readCardsForServices)
  async readForServices(
    @Input(readCardsForServices) { body }: InputOf<typeof readCardsForServices>,
  ): Promise<OutputOf<typeof readCardsForServices>> {
    return { items: await this.people.cards(body.ids) };
  }
}
