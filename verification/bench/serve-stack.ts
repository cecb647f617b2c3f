// A service as production runs it, on drivers that need no other process than its database.
import type { Type } from '@nestjs/common';
import type { Role } from '@muster/contracts/kernel/access';
import type { PersonId, SessionId } from '@muster/contracts/kernel/ids';
import { LONGEST_LIFE_SECONDS } from '@muster/platform/auth/token-verifier';
import { processEnvironment, type ServiceConfig } from '@muster/platform/config/define-config';
import { newId } from '@muster/platform/kernel/ids';
import { loadMonitor } from '@muster/platform/resilience/load-monitor';
import { createService } from '@muster/platform/service/create-service';
import { pause } from '@muster/platform/kernel/backoff';
import { serviceKeySet, signToken, TestAuth } from '@muster/platform/testing/test-keys';
import { listenAnywhere, obeyParent, portOf } from './serve';

/** Answers are counted as in production, and no limit is reached; so is load, which a benchmark is full of. */
const environment = {
  CURSOR_SECRET: 'a secret that only benchmarks know, long enough',
  LIMITS: 'none',
  RATE_LIMITS: 'read=100000000/100000000,search=100000000/100000000',
};

export async function serveStack(module: Type, config: ServiceConfig, roles: readonly Role[]): Promise<void> {
  neverOverloaded();
  const auth = await TestAuth.make();
  const drivers = { authKeys: auth, serviceKeys: await serviceKeySet(config.service) };
  const service = await createService(module, config, { env: { ...processEnvironment(), ...environment }, drivers });
  while (!(await service.health()).ready) await pause(20);
  const server = await listenAnywhere((request, response) => service.handlePublic(request, response));
  const person = { sub: newId<PersonId>(), sid: newId<SessionId>(), roles };
  obeyParent({
    port: portOf(server),
    token: () => {
      const iat = Math.floor(Date.now() / 1000);
      return signToken({ key: auth.key, claims: { iss: 'muster-auth', aud: 'muster', ...person, iat, exp: iat + LONGEST_LIFE_SECONDS } });
    },
    close: () => service.close(),
  });
}

/** A loop kept busy on purpose would have its searches and reads refused; what asking costs stays. */
function neverOverloaded(): void {
  const monitor = loadMonitor();
  const measured = monitor.now.bind(monitor);
  monitor.now = () => ({ ...measured(), requests: 0 });
}
