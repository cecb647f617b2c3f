import { putOnHat, readAccount, readContacts, takeOffHat } from '@muster/contracts/auth/routes';
import { platformErrors } from '@muster/contracts/kernel/problem';
import type { InputOf, OutputOf } from '@muster/contracts/kernel/route';
import type { AuthenticatedPerson } from '@muster/platform/auth/principal';
import { AppError } from '@muster/platform/errors/app-error';
import { Caller, Handle, Input } from '@muster/platform/http/handle';
import { Controller } from '@nestjs/common';
import { rolesOf, withHat, withoutHat } from './account.rules';
import { AccountsRepository, type Account } from './accounts.repository';
import { ChangeHats } from './change-hats';

@Controller()
export class AccountController {
  constructor(
    private readonly accounts: AccountsRepository,
    private readonly hats: ChangeHats,
  ) {}

  @Handle(readAccount)
  async read(@Caller() { personId }: AuthenticatedPerson): Promise<OutputOf<typeof readAccount>> {
    const account = await this.accounts.findAccount(personId);
    if (!account) throw new AppError(platformErrors.notFound);
    return view(account);
  }

  @Handle(putOnHat)
  async putOn(@Input(putOnHat) { params }: InputOf<typeof putOnHat>, @Caller() { personId }: AuthenticatedPerson): Promise<OutputOf<typeof putOnHat>> {
    return view(await this.hats.execute(personId, (hats) => withHat(hats, params.hat)));
  }

  @Handle(takeOffHat)
  async takeOff(@Input(takeOffHat) { params }: InputOf<typeof takeOffHat>, @Caller() { personId }: AuthenticatedPerson): Promise<OutputOf<typeof takeOffHat>> {
    return view(await this.hats.execute(personId, (hats) => withoutHat(hats, params.hat)));
  }

  @Handle(readContacts)
  async readContacts(@Input(readContacts) { body }: InputOf<typeof readContacts>): Promise<OutputOf<typeof readContacts>> {
    const contacts = await this.accounts.listContactsOf(body.ids);
    return { items: contacts.map(({ person_id, email, locale }) => ({ personId: person_id, email, locale })) };
  }
}

function view(account: Account): OutputOf<typeof readAccount> {
  return {
    personId: account.person_id,
    email: account.email,
    dateOfBirth: account.date_of_birth,
    locale: account.locale,
    roles: rolesOf(account.hats, account.grants),
    createdAt: account.created_at.toISOString(),
  };
}
