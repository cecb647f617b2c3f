import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { conversationOf } from '@muster/contracts/communication/conversation-of';
import type { ConversationId } from '@muster/contracts/communication/ids';
import { listConversations, markRead, readConversation, readMessages, sendMessage } from '@muster/contracts/communication/routes';
import { liveHint } from '@muster/contracts/kernel/event';
import { readEvents } from '@muster/contracts/kernel/internal';
import { inviteSent } from '@muster/contracts/matching/events';
import type { JobId } from '@muster/contracts/matching/ids';
import { newId } from '@muster/platform/kernel/ids';
import { InProcessBus } from '@muster/platform/messaging/in-process-bus';
import { InProcessFanout } from '@muster/platform/realtime/in-process-fanout';
import { eventually } from '@muster/platform/testing/eventually';
import { asPerson, type TestPerson } from '@muster/platform/testing/http';
import { startService, type TestService } from '@muster/platform/testing/start-service';
import { TestPeers } from '@muster/platform/testing/test-peers';
import { TestProducer } from '@muster/platform/testing/test-producer';
import { CommunicationModule } from '../communication.module';
import { config } from '../config';
import { ConversationsRepository } from './conversations.repository';

let communication: TestService;
let matching: TestProducer;
beforeAll(async () => {
  const bus = new InProcessBus();
  const peers = await TestPeers.start();
  matching = new TestProducer('matching', bus, peers);
  communication = await startService(CommunicationModule, config, { bus, peers });
});
afterAll(async () => {
  await communication.close();
  await communication.peers.close();
});

interface Pair {
  worker: TestPerson;
  contractor: TestPerson;
  conversationId: ConversationId;
}

/** Opens a conversation in the usual way, by sending an invite. */
async function conversation(): Promise<Pair> {
  const worker = asPerson(undefined, ['worker']);
  const contractor = asPerson(undefined, ['contractor']);
  const jobId = newId<JobId>();
  const data = { ...inviteSent.example, inviteId: newId(), jobId, worker: worker.personId, contractor: contractor.personId };
  matching.publish(inviteSent, { aggregateId: data.inviteId, data });
  const conversationId = conversationOf(jobId, worker.personId);
  await eventually(() => communication.http.call(readConversation, { as: worker, params: { conversationId } }));
  return { worker, contractor, conversationId };
}

const say = (as: TestPerson, conversationId: ConversationId, text: string, clientId: string = newId()) =>
  communication.http.call(sendMessage, { as, params: { conversationId }, body: { clientId, text } });

describe('a job conversation', () => {
  it('opens when an invite is sent, for the two and nobody else', async () => {
    const { worker, contractor, conversationId } = await conversation();
    const seen = await communication.http.call(readConversation, { as: contractor, params: { conversationId } });
    expect(seen).toMatchObject({ kind: 'job', state: 'open', lastSequence: 0, lastMessage: null, unread: 0 });
    expect(new Set(seen.members)).toEqual(new Set([worker.personId, contractor.personId]));
    const stranger = await communication.http.refusal(readConversation, { as: asPerson(), params: { conversationId } });
    const absent = await communication.http.refusal(readConversation, { as: worker, params: { conversationId: newId() } });
    expect([stranger.status, stranger.code]).toEqual([absent.status, absent.code]);
  });

  it('gives each message one place, however many are sent at once', async () => {
    const { worker, contractor, conversationId } = await conversation();
    const sent = await Promise.all(Array.from({ length: 20 }, (_, n) => say(n % 2 ? worker : contractor, conversationId, `message ${n}`)));
    expect(sent.map((message) => message.sequence).sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, n) => n + 1));
    const page = await communication.http.call(readMessages, { as: worker, params: { conversationId }, query: { after: 0, limit: 100 } });
    expect(page.items.map((message) => message.sequence)).toEqual(Array.from({ length: 20 }, (_, n) => n + 1));
  });

  it('keeps one message for one client id, also when it is sent ten times at once', async () => {
    const { worker, conversationId } = await conversation();
    const clientId = newId();
    const sent = await Promise.all(Array.from({ length: 10 }, () => say(worker, conversationId, 'once', clientId)));
    expect(new Set(sent.map((message) => message.sequence))).toEqual(new Set([1]));
    const other = { clientId, text: 'something else' };
    expect(await communication.http.refusal(sendMessage, { as: worker, params: { conversationId }, body: other })).toMatchObject({
      status: 409,
      code: 'communication.client_id_reused',
    });
  });

  it('keeps text byte for byte', async () => {
    const { worker, conversationId } = await conversation();
    const text = ' <b>नमस्ते</b> 👷🏽‍♀️ \'; drop table messages; -- \u2067سلام\u2069\r\n ';
    expect((await say(worker, conversationId, text)).text).toBe(text);
    const { items } = await communication.http.call(readMessages, { as: worker, params: { conversationId } });
    expect(items[0]?.text).toBe(text);
  });

  it('pages backwards from the latest', async () => {
    const { worker, conversationId } = await conversation();
    for (let n = 1; n <= 5; n++) await say(worker, conversationId, `message ${n}`);
    const page = (query: { before?: number; limit: number }) =>
      communication.http.call(readMessages, { as: worker, params: { conversationId }, query }).then(({ items }) => items.map((one) => one.sequence));
    expect(await page({ limit: 2 })).toEqual([4, 5]);
    expect(await page({ before: 4, limit: 2 })).toEqual([2, 3]);
  });

  it('counts what is unread, and what is read never goes back', async () => {
    const { worker, contractor, conversationId } = await conversation();
    for (let n = 1; n <= 3; n++) await say(contractor, conversationId, `message ${n}`);
    const params = { conversationId };
    const unread = async () => (await communication.http.call(readConversation, { as: worker, params })).unread;
    expect(await unread()).toBe(3);
    await communication.http.call(markRead, { as: worker, params, body: { sequence: 2 } });
    await communication.http.call(markRead, { as: worker, params, body: { sequence: 1 } });
    expect(await unread()).toBe(1);
    const seen = await communication.http.call(readConversation, { as: contractor, params });
    expect(seen.readBy).toEqual([{ personId: worker.personId, sequence: 2 }]);
    expect(await communication.http.refusal(markRead, { as: worker, params, body: { sequence: 9 } })).toMatchObject({
      code: 'communication.ahead_of_conversation',
    });
  });

  it('is listed with the latest first, a page at a time', async () => {
    const { worker, conversationId: first } = await conversation();
    const jobId = newId<JobId>();
    const data = { ...inviteSent.example, inviteId: newId(), jobId, worker: worker.personId };
    matching.publish(inviteSent, { aggregateId: data.inviteId, data });
    const second = conversationOf(jobId, worker.personId);
    await eventually(() => communication.http.call(readConversation, { as: worker, params: { conversationId: second } }));
    await say(worker, first, 'this one moves up');
    const one = await communication.http.call(listConversations, { as: worker, query: { limit: 1 } });
    expect(one.items.map((item) => item.conversationId)).toEqual([first]);
    const two = await communication.http.call(listConversations, { as: worker, query: { limit: 1, cursor: one.nextCursor ?? '' } });
    expect(two.items.map((item) => item.conversationId)).toEqual([second]);
    expect(two.nextCursor).toBeNull();
    const stolen = await communication.http.refusal(listConversations, { as: asPerson(), query: { cursor: one.nextCursor ?? '' } });
    expect(stolen.code).toBe('platform.stale_cursor');
  });

  it('says that somebody wrote, never what', async () => {
    const { worker, conversationId } = await conversation();
    await say(worker, conversationId, 'only for the two of us');
    await eventually(async () => {
      const { events } = await communication.http.call(readEvents, { as: 'notification', query: { after: 0, limit: 1000 } });
      const told = events.filter((event) => event.aggregateId === conversationId);
      expect(told.map((event) => event.aggregateVersion)).toEqual([1, 2]);
      expect(JSON.stringify(events)).not.toContain('only for the two of us');
    });
  });
});

describe('a crew of sixty', () => {
  it('is told of a message once each, and of a reading its reader alone', async () => {
    const crew = Array.from({ length: 60 }, () => asPerson());
    const [writer, reader] = crew as [TestPerson, TestPerson];
    const conversationId = newId<ConversationId>();
    const members = crew.map(({ personId }) => personId);
    const repository = communication.app.get(ConversationsRepository);
    await communication.db.transaction((tx) => repository.insertConversation(tx, { id: conversationId, kind: 'crew', jobId: null, members }, communication.clock.now()));
    const told: Array<[person: string, fact: string]> = [];
    const end = new InProcessFanout(communication.bus).subscribe('live.*', (message, subject) => {
      const hint = liveHint.parse(message);
      if (hint.id === conversationId) told.push([subject.slice('live.'.length), hint.fact ?? '']);
    });
    await say(writer, conversationId, 'Lunch at one');
    await eventually(() => expect(told.length).toBeGreaterThanOrEqual(60));
    await communication.http.call(markRead, { as: reader, params: { conversationId }, body: { sequence: 1 } });
    // A superfluous hint about the reading would have arrived before this message.
    await say(writer, conversationId, 'At two, sorry');
    await eventually(() => expect(told.length).toBeGreaterThanOrEqual(121));
    end();
    const [message, reading] = ['communication.conversation.message_sent.v1', 'communication.conversation.read.v1'];
    const each = [...members].sort().map((person) => [person, message]);
    expect([...told.slice(0, 60)].sort()).toEqual(each);
    expect(told[60]).toEqual([reader.personId, reading]);
    expect([...told.slice(61)].sort()).toEqual(each);
  });
});
