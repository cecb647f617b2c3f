import { commonRoutes, routes } from '@muster/contracts/catalogue';
import { inviteSent } from '@muster/contracts/matching/events';
import { listNotices, type NotificationWorld } from '@muster/contracts/notification/routes';
import type { NoticeId } from '@muster/contracts/notification/views';
import { newId } from '@muster/platform/kernel/ids';
import { InProcessBus } from '@muster/platform/messaging/in-process-bus';
import { eventually } from '@muster/platform/testing/eventually';
import type { ContractWorld } from '@muster/platform/testing/generated/contract-world';
import { contractOf } from '@muster/platform/testing/generated/describe-contract';
import { asPerson } from '@muster/platform/testing/http';
import { startService, type TestService } from '@muster/platform/testing/start-service';
import { TestPeers } from '@muster/platform/testing/test-peers';
import { TestProducer } from '@muster/platform/testing/test-producer';
import { config } from '../src/config';
import { NotificationModule } from '../src/notification.module';

/** The world of notification's examples: `worker` gets a new notice whenever an example needs one. */
class NotificationTestWorld implements NotificationWorld {
  readonly aggregate = 'notice';
  readonly people = { worker: asPerson(undefined, ['worker']) };

  constructor(
    private readonly notification: TestService,
    private readonly matching: TestProducer,
  ) {}

  async notice(): Promise<{ noticeId: NoticeId }> {
    const { worker } = this.people;
    const data = { ...inviteSent.example, inviteId: newId(), worker: worker.personId };
    this.matching.publish(inviteSent, { aggregateId: data.inviteId, data });
    return eventually(async () => {
      const { items } = await this.notification.http.call(listNotices, { as: worker });
      const posted = items.find(({ subject }) => subject['inviteId'] === data.inviteId);
      if (!posted) throw new Error('not told yet');
      return { noticeId: posted.noticeId };
    });
  }
}

export const notificationContract = () =>
  contractOf('notification', [...routes.notification, ...commonRoutes], async (): Promise<ContractWorld> => {
    const bus = new InProcessBus();
    const peers = await TestPeers.start();
    const matching = new TestProducer('matching', bus, peers);
    const service = await startService(NotificationModule, config, { bus, peers });
    const world = new NotificationTestWorld(service, matching);
    const close = async (): Promise<void> => {
      await service.close();
      await peers.close();
    };
    return { service, world, people: world.people, another: () => world.notice(), close };
  });
