import { routes, commonRoutes } from '@muster/contracts/catalogue';
import type { PersonId } from '@muster/contracts/kernel/ids';
import { saveAvailability, saveContractorProfile, saveWorkerProfile, type UserWorld } from '@muster/contracts/user/routes';
import type { ContractWorld } from '@muster/platform/testing/generated/contract-world';
import { contractOf } from '@muster/platform/testing/generated/describe-contract';
import { asPerson } from '@muster/platform/testing/http';
import { startService, type TestService } from '@muster/platform/testing/start-service';
import { config } from '../src/config';
import { UserModule } from '../src/user.module';
import { workerProfile } from './factories';

/** The world of user's examples: `worker` and `contractor` are the same two people throughout. */
class UserTestWorld implements UserWorld {
  readonly aggregate = 'worker_profile';
  readonly people = { worker: asPerson(undefined, ['worker']), contractor: asPerson(undefined, ['contractor']) };

  constructor(private readonly user: TestService) {}

  async workerWithProfile(worker = this.people.worker): Promise<PersonId> {
    await this.user.http.call(saveWorkerProfile, { as: worker, body: workerProfile() });
    await this.user.http.call(saveAvailability, { as: worker, body: { weekly: [1, 2, 3, 4, 5, 6], exceptions: [] } });
    return worker.personId;
  }

  async contractorWithProfile(contractor = this.people.contractor): Promise<PersonId> {
    await this.user.http.call(saveContractorProfile, { as: contractor, body: { displayName: 'Deshmukh Builders' } });
    return contractor.personId;
  }

  today(): string {
    return this.user.clock.today('Asia/Kolkata');
  }
}

export const userContract = () =>
  contractOf('user', [...routes.user, ...commonRoutes], async (): Promise<ContractWorld> => {
    const service = await startService(UserModule, config);
    const world = new UserTestWorld(service);
    const another = async (): Promise<void> => {
      await world.workerWithProfile(asPerson(undefined, ['worker']));
      await world.contractorWithProfile(asPerson(undefined, ['contractor']));
    };
    return { service, world, people: world.people, another, close: () => service.close() };
  });
