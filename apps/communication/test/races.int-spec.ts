import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { conversationOf } from '@muster/contracts/communication/conversation-of';
import type { ConversationId } from '@muster/contracts/communication/ids';
import { markRead, readConversation, readMessages, sendMessage } from '@muster/contracts/communication/routes';
import { inviteSent } from '@muster/contracts/matching/events';
import type { JobId } from '@muster/contracts/matching/ids';
import type { Tx } from '@muster/platform/database/database';
import { newId } from '@muster/platform/kernel/ids';
import { InProcessBus } from '@muster/platform/messaging/in-process-bus';
import { eventually } from '@muster/platform/testing/eventually';
import { asPerson, type TestPerson } from '@muster/platform/testing/http';
import { outcomeOf, racePairs } from '@muster/platform/testing/race-pairs';
import { startService, type TestService } from '@muster/platform/testing/start-service';
import { TestPeers } from '@muster/platform/testing/test-peers';
import { TestProducer } from '@muster/platform/testing/test-producer';
import { sql } from 'kysely';
import { CommunicationModule } from '../src/communication.module';
import { config } from '../src/config';

interface Scene {
  readonly worker: TestPerson;
  readonly contractor: TestPerson;
  readonly jobId: JobId;
  readonly params: { conversationId: ConversationId };
  readonly clientId: string;
}

let communication: TestService;
let replicas: readonly [TestService, TestService];
let matching: TestProducer;
let peers: TestPeers;

beforeAll(async () => {
  const bus = new InProcessBus();
  peers = await TestPeers.start();
  matching = new TestProducer('matching', bus, peers);
  communication = await startService(CommunicationModule, config, { bus, peers });
  const { database, auth, clock } = communication;
  replicas = [communication, await startService(CommunicationModule, config, { bus, peers, database, auth, clock })];
});
afterAll(async () => {
  await replicas[1].close();
  await communication.close();
  await peers.close();
});

const write = ({ http }: TestService, as: TestPerson, { params }: Scene, text: string, clientId: string = newId()) =>
  http.send(sendMessage, { as, params, body: { clientId, text } }).then(outcomeOf);
const read = ({ http }: TestService, as: TestPerson, { params }: Scene, sequence: number) =>
  http.send(markRead, { as, params, body: { sequence } }).then(outcomeOf);

async function scene(): Promise<Scene> {
  const [worker, contractor] = [asPerson(undefined, ['worker']), asPerson(undefined, ['contractor'])];
  const jobId = newId<JobId>();
  const data = { ...inviteSent.example, inviteId: newId(), jobId, worker: worker.personId, contractor: contractor.personId };
  matching.publish(inviteSent, { aggregateId: data.inviteId, data });
  const params = { conversationId: conversationOf(jobId, worker.personId) };
  await eventually(() => communication.http.call(readConversation, { as: worker, params }));
  const made = { worker, contractor, jobId, params, clientId: newId() };
  for (const text of ['one', 'two']) await write(communication, contractor, made, text);
  return made;
}

const writes: Record<string, (scene: Scene, replica: TestService) => Promise<string>> = {
  'the worker writes': (made, on) => write(on, made.worker, made, 'Coming'),
  'the contractor writes': (made, on) => write(on, made.contractor, made, 'Good'),
  'the worker writes one message twice': (made, on) => write(on, made.worker, made, 'On my way', made.clientId),
  'the worker reads all': (made, on) => read(on, made.worker, made, 2),
  'the worker reads a part': (made, on) => read(on, made.worker, made, 1),
  'the contractor reads': (made, on) => read(on, made.contractor, made, 2),
  'the invite is told of again': async ({ worker, contractor, jobId }) => {
    const data = { ...inviteSent.example, inviteId: newId(), jobId, worker: worker.personId, contractor: contractor.personId };
    matching.publish(inviteSent, { aggregateId: data.inviteId, data });
    return 'published';
  },
};

const holds = [
  (tx: Tx, { params }: Scene) => sql`select from conversations where conversation_id = ${params.conversationId} for update`.execute(tx),
];

/**
 * Faults of a scene: messages have to be numbered without a hole, each client id occurs once, and the read position
 * never goes back.
 */
async function wrongs({ worker, params }: Scene): Promise<string[]> {
  const { items } = await communication.http.call(readMessages, { as: worker, params, query: { limit: 100 } });
  const sequences = items.map(({ sequence }) => sequence).sort((a, b) => a - b);
  const clients = items.map(({ clientId }) => clientId);
  return [
    ...(sequences.every((sequence, index) => sequence === index + 1) ? [] : [`the messages have the numbers ${sequences.join()}`]),
    ...(new Set(clients).size === clients.length ? [] : ['a message is there twice']),
  ];
}

it('numbers and keeps every message once, whichever two writes of a conversation meet, at the first try', async () => {
  expect(await racePairs({ replicas, scene, writes, holds, wrongs }, { freeRounds: 1, lanes: 3 })).toEqual([]);
}, 300_000);
