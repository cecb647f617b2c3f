import { commonRoutes, routes } from '@muster/contracts/catalogue';
import { conversationOf } from '@muster/contracts/communication/conversation-of';
import type { ConversationId } from '@muster/contracts/communication/ids';
import { readConversation, sendMessage, type CommunicationWorld } from '@muster/contracts/communication/routes';
import { inviteSent } from '@muster/contracts/matching/events';
import type { JobId } from '@muster/contracts/matching/ids';
import { newId } from '@muster/platform/kernel/ids';
import { InProcessBus } from '@muster/platform/messaging/in-process-bus';
import { eventually } from '@muster/platform/testing/eventually';
import type { ContractWorld } from '@muster/platform/testing/generated/contract-world';
import { contractOf } from '@muster/platform/testing/generated/describe-contract';
import { asPerson } from '@muster/platform/testing/http';
import { startService, type TestService } from '@muster/platform/testing/start-service';
import { TestPeers } from '@muster/platform/testing/test-peers';
import { TestProducer } from '@muster/platform/testing/test-producer';
import { CommunicationModule } from '../src/communication.module';
import { config } from '../src/config';

/** The world of communication's examples: one conversation between `worker` and `contractor`, which stays open. */
class CommunicationTestWorld implements CommunicationWorld {
  readonly aggregate = 'conversation';
  readonly people = { worker: asPerson(undefined, ['worker']), contractor: asPerson(undefined, ['contractor']) };
  private opened: Promise<{ conversationId: ConversationId }> | undefined;

  constructor(
    private readonly communication: TestService,
    private readonly matching: TestProducer,
  ) {}

  conversation(): Promise<{ conversationId: ConversationId }> {
    this.opened ??= this.open();
    return this.opened;
  }

  newClientId(): string {
    return newId();
  }

  /** For an invite to another job. */
  async open(): Promise<{ conversationId: ConversationId }> {
    const { worker, contractor } = this.people;
    const jobId = newId<JobId>();
    const data = { ...inviteSent.example, inviteId: newId(), jobId, worker: worker.personId, contractor: contractor.personId };
    this.matching.publish(inviteSent, { aggregateId: data.inviteId, data });
    const params = { conversationId: conversationOf(jobId, worker.personId) };
    const { http } = this.communication;
    await eventually(() => http.call(readConversation, { as: worker, params }));
    await http.call(sendMessage, { as: contractor, params, body: { clientId: newId(), text: 'Can you come on Monday?' } });
    return params;
  }
}

export const communicationContract = () =>
  contractOf('communication', [...routes.communication, ...commonRoutes], async (): Promise<ContractWorld> => {
    const bus = new InProcessBus();
    const peers = await TestPeers.start();
    const matching = new TestProducer('matching', bus, peers);
    const service = await startService(CommunicationModule, config, { bus, peers });
    const world = new CommunicationTestWorld(service, matching);
    const close = async (): Promise<void> => {
      await service.close();
      await peers.close();
    };
    return { service, world, people: world.people, another: () => world.open(), close };
  });
