import { Controller, Module } from '@nestjs/common';
import type { InputOf, OutputOf } from '@muster/contracts/kernel/route';
import type { AuthenticatedPerson } from '@muster/platform/auth/principal';
import { Caller, Handle, Input } from '@muster/platform/http/handle';
import { listTwenty, twenty } from './twenty-results';

@Controller()
class TwentyController {
  @Handle(listTwenty)
  list(@Caller() _me: AuthenticatedPerson, @Input(listTwenty) _input: InputOf<typeof listTwenty>): Promise<OutputOf<typeof listTwenty>> {
    return Promise.resolve(twenty());
  }
}

@Module({ controllers: [TwentyController] })
export class TwentyModule {}
