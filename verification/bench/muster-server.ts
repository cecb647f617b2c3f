// What server.ts serves of Muster itself, loaded only where it is measured.
import type { RequestListener } from 'node:http';
import type { Role } from '@muster/contracts/kernel/access';
import type { PersonId, SessionId } from '@muster/contracts/kernel/ids';
import type { InputOf, OutputOf } from '@muster/contracts/kernel/route';
import type { AuthenticatedPerson } from '@muster/platform/auth/principal';
import { LONGEST_LIFE_SECONDS } from '@muster/platform/auth/token-verifier';
import { processEnvironment, type ServiceConfig } from '@muster/platform/config/define-config';
import { Caller, Handle, Input } from '@muster/platform/http/handle';
import { pause } from '@muster/platform/kernel/backoff';
import { newId } from '@muster/platform/kernel/ids';
import { loadMonitor } from '@muster/platform/resilience/load-monitor';
import { createService } from '@muster/platform/service/create-service';
import { config as fixtureConfig } from '@muster/platform/testing/fixture/config';
import { serviceKeySet, signToken, TestAuth } from '@muster/platform/testing/test-keys';
import { Controller, Module, type Type } from '@nestjs/common';
import { config as matchingConfig } from '../../apps/matching/src/config';
import { MatchingModule } from '../../apps/matching/src/matching.module';
import { listTwenty, twenty } from './twenty-results';

@Controller()
class TwentyController {
  @Handle(listTwenty)
  list(@Caller() _me: AuthenticatedPerson, @Input(listTwenty) _input: InputOf<typeof listTwenty>): Promise<OutputOf<typeof listTwenty>> {
    return Promise.resolve(twenty());
  }
}

@Module({ controllers: [TwentyController] })
class TwentyModule {}

interface Running {
  readonly listener: RequestListener;
  token(): Promise<string>;
  close(): Promise<void>;
}

/** A service as production runs it, on drivers that need no other process than its database; no limit is reached. */
async function muster(module: Type, config: ServiceConfig, roles: readonly Role[]): Promise<Running> {
  // A loop kept busy on purpose would have its searches and reads refused; what asking costs stays.
  const monitor = loadMonitor();
  const measured = monitor.now.bind(monitor);
  monitor.now = () => ({ ...measured(), requests: 0 });
  const environment = { CURSOR_SECRET: 'a secret that only benchmarks know, long enough', LIMITS: 'none', RATE_LIMITS: 'read=100000000/100000000,search=100000000/100000000' };
  const auth = await TestAuth.make();
  const drivers = { authKeys: auth, serviceKeys: await serviceKeySet(config.service) };
  const service = await createService(module, config, { env: { ...processEnvironment(), ...environment }, drivers });
  while (!(await service.health()).ready) await pause(20);
  const person = { sub: newId<PersonId>(), sid: newId<SessionId>(), roles };
  return {
    listener: (request, response) => service.handlePublic(request, response),
    token: () => {
      const iat = Math.floor(Date.now() / 1000);
      return signToken({ key: auth.key, claims: { iss: 'muster-auth', aud: 'muster', ...person, iat, exp: iat + LONGEST_LIFE_SECONDS } });
    },
    close: () => service.close(),
  };
}

export const stack = (): Promise<Running> => muster(TwentyModule, fixtureConfig, ['worker', 'contractor']);
/** On a table of workers that is there already. */
export const search = (): Promise<Running> => muster(MatchingModule, matchingConfig, ['contractor']);
