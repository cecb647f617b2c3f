import type { PersonId } from '@muster/contracts/kernel/ids';
import type { InputOf, OutputOf } from '@muster/contracts/kernel/route';
import { readPreferences, savePreferences } from '@muster/contracts/notification/routes';
import type { AuthenticatedPerson } from '@muster/platform/auth/principal';
import { Database } from '@muster/platform/database/database';
import { Caller, Handle, Input } from '@muster/platform/http/handle';
import { Controller } from '@nestjs/common';
import { PreferencesRepository } from './preferences.repository';
import { withDefaults } from './preferences.rules';

type View = OutputOf<typeof readPreferences>;

@Controller()
export class PreferencesController {
  constructor(
    private readonly preferences: PreferencesRepository,
    private readonly database: Database,
  ) {}

  @Handle(readPreferences)
  read(@Caller() caller: AuthenticatedPerson): Promise<View> {
    return this.view(caller.personId);
  }

  @Handle(savePreferences)
  async save(
    @Caller() caller: AuthenticatedPerson,
    @Input(savePreferences) { body }: InputOf<typeof savePreferences>,
  ): Promise<View> {
    await this.database.transaction((tx) => this.preferences.savePreferences(tx, caller.personId, body.topics));
    return this.view(caller.personId);
  }

  private async view(person: PersonId): Promise<View> {
    const [chosen, version] = await Promise.all([this.preferences.listChosen(person), this.preferences.findVersion(person)]);
    return { topics: withDefaults(chosen), version };
  }
}
