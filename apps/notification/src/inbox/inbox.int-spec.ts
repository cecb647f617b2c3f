import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { conversationRead, messageSent } from '@muster/contracts/communication/events';
import { inviteAccepted, inviteSent } from '@muster/contracts/matching/events';
import { countUnseen, listNotices, markAllSeen, markNoticeSeen, readPreferences, savePreferences } from '@muster/contracts/notification/routes';
import { newId } from '@muster/platform/kernel/ids';
import { InProcessBus } from '@muster/platform/messaging/in-process-bus';
import { Retention } from '@muster/platform/messaging/retention';
import { eventually } from '@muster/platform/testing/eventually';
import { asPerson, type TestPerson } from '@muster/platform/testing/http';
import { startService, type TestService } from '@muster/platform/testing/start-service';
import { TestPeers } from '@muster/platform/testing/test-peers';
import { TestProducer } from '@muster/platform/testing/test-producer';
import { config } from '../config';
import { NotificationModule } from '../notification.module';

let notification: TestService;
let matching: TestProducer;
let communication: TestProducer;
beforeAll(async () => {
  const bus = new InProcessBus();
  const peers = await TestPeers.start();
  matching = new TestProducer('matching', bus, peers);
  communication = new TestProducer('communication', bus, peers);
  notification = await startService(NotificationModule, config, { bus, peers });
});
afterAll(async () => {
  await notification.close();
  await notification.peers.close();
});

function invite(worker: TestPerson, contractor: TestPerson = asPerson()) {
  return { ...inviteSent.example, inviteId: newId(), worker: worker.personId, contractor: contractor.personId };
}
const inbox = async (as: TestPerson) => (await notification.http.call(listNotices, { as })).items;
const has = (as: TestPerson, count: number) =>
  eventually(async () => {
    const items = await inbox(as);
    expect(items).toHaveLength(count);
    return items;
  });

describe('the inbox', () => {
  it('tells the worker of an invite and the contractor of the answer', async () => {
    const [worker, contractor] = [asPerson(), asPerson()];
    const data = invite(worker, contractor);
    matching.publish(inviteSent, { aggregateId: data.inviteId, data });
    const [told] = await has(worker, 1);
    expect(told).toMatchObject({ topic: 'invite', key: 'invite_sent', seenAt: null, subject: { inviteId: data.inviteId, person: contractor.personId } });
    const { expiresAt: _, ...facts } = data;
    matching.publish(inviteAccepted, { aggregateId: data.inviteId, data: facts });
    expect((await has(contractor, 1))[0]).toMatchObject({ key: 'invite_accepted', subject: { person: worker.personId } });
  });

  it('tells a person once of an event that comes three times', async () => {
    const [worker, second] = [asPerson(), asPerson()];
    const data = invite(worker);
    const event = matching.publish(inviteSent, { aggregateId: data.inviteId, data });
    matching.repeat(event);
    matching.repeat(event);
    const later = invite(second);
    matching.publish(inviteSent, { aggregateId: later.inviteId, data: later });
    await has(second, 1);
    expect(await inbox(worker)).toHaveLength(1);
  });

  it('folds the unseen messages of a conversation into one notice, and tells the sender nothing', async () => {
    const [reader, sender] = [asPerson(), asPerson()];
    const conversationId = newId();
    const said = (sequence: number) =>
      communication.publish(messageSent, {
        aggregateId: conversationId,
        data: { conversationId, sequence, sender: sender.personId, members: [reader.personId, sender.personId] },
      });
    said(1);
    const [first] = await has(reader, 1);
    said(2);
    await eventually(async () => expect((await inbox(reader))[0]?.noticeId).not.toBe(first?.noticeId));
    expect(await inbox(reader)).toHaveLength(1);
    expect(await inbox(sender)).toHaveLength(0);
  });

  it('tells everybody of a crew but the sender, each once', async () => {
    const crew = Array.from({ length: 6 }, () => asPerson());
    const [sender, ...others] = crew;
    const data = { ...messageSent.example, conversationId: newId(), sender: sender!.personId, members: crew.map(({ personId }) => personId) };
    for (const sequence of [1, 2]) communication.publish(messageSent, { aggregateId: data.conversationId, data: { ...data, sequence } });
    for (const other of others) await has(other, 1);
    expect(await inbox(sender!)).toEqual([]);
  });

  it('forgets what is long over, seen or not', async () => {
    const worker = asPerson();
    const facts = invite(worker);
    matching.publish(inviteSent, { aggregateId: facts.inviteId, data: facts });
    await has(worker, 1);
    notification.clock.advance({ d: 119 });
    await notification.app.get(Retention).cleanUp();
    expect(await inbox(worker)).toHaveLength(1);
    notification.clock.advance({ d: 2 });
    await notification.app.get(Retention).cleanUp();
    expect(await inbox(worker)).toEqual([]);
    notification.clock.advance({ d: -121 });
  });

  it('counts a message as seen once it was read in the chat, and not one that came after', async () => {
    const [reader, sender] = [asPerson(), asPerson()];
    const conversationId = newId();
    const said = (sequence: number) =>
      communication.publish(messageSent, {
        aggregateId: conversationId,
        data: { conversationId, sequence, sender: sender.personId, members: [reader.personId, sender.personId] },
      });
    const read = (sequence: number) =>
      communication.publish(conversationRead, { aggregateId: conversationId, data: { conversationId, reader: reader.personId, sequence } });
    const unseen = (wanted: number) => eventually(async () => expect(await notification.http.call(countUnseen, { as: reader })).toEqual({ unseen: wanted }));
    said(1);
    said(2);
    await unseen(1);
    read(1);
    said(3);
    const [notice] = await eventually(async () => {
      const items = await inbox(reader);
      expect(items[0]?.subject['sequence']).toBe('3');
      return items;
    });
    expect(notice?.seenAt).toBeNull();
    read(3);
    await unseen(0);
    expect((await inbox(reader))[0]?.noticeId).toBe(notice?.noticeId);
  });

  it('marks all up to what was shown, and leaves unseen what has come since', async () => {
    const worker = asPerson();
    const tell = () => {
      const data = invite(worker);
      matching.publish(inviteSent, { aggregateId: data.inviteId, data });
    };
    tell();
    const [shown] = await has(worker, 1);
    tell();
    const [since] = await has(worker, 2);
    await notification.http.call(markAllSeen, { as: worker, body: { upTo: shown?.createdAt ?? '' } });
    const items = await inbox(worker);
    expect(items.map(({ noticeId, seenAt }) => [noticeId, seenAt !== null])).toEqual([[since?.noticeId, false], [shown?.noticeId, true]]);
  });

  it('counts what was not seen, and marks one or all', async () => {
    const worker = asPerson();
    for (let n = 0; n < 3; n++) {
      const data = invite(worker);
      matching.publish(inviteSent, { aggregateId: data.inviteId, data });
    }
    const [first] = await has(worker, 3);
    expect(await notification.http.call(countUnseen, { as: worker })).toEqual({ unseen: 3 });
    const noticeId = first?.noticeId ?? '';
    const seen = await notification.http.call(markNoticeSeen, { as: worker, params: { noticeId } });
    expect(seen.seenAt).not.toBeNull();
    expect(await notification.http.refusal(markNoticeSeen, { as: asPerson(), params: { noticeId } })).toMatchObject({ status: 404 });
    await notification.http.call(markAllSeen, { as: worker, body: { upTo: first?.createdAt ?? '' } });
    expect(await notification.http.call(countUnseen, { as: worker })).toEqual({ unseen: 0 });
  });

  it('comes a page at a time', async () => {
    const worker = asPerson();
    for (let n = 0; n < 3; n++) {
      const data = invite(worker);
      matching.publish(inviteSent, { aggregateId: data.inviteId, data });
    }
    const all = (await has(worker, 3)).map((notice) => notice.noticeId);
    const one = await notification.http.call(listNotices, { as: worker, query: { limit: 2 } });
    const two = await notification.http.call(listNotices, { as: worker, query: { limit: 2, cursor: one.nextCursor ?? '' } });
    expect([...one.items, ...two.items].map((notice) => notice.noticeId)).toEqual(all);
    expect(two.nextCursor).toBeNull();
  });
});

describe('preferences', () => {
  it('keep a channel once that was named twice', async () => {
    const saved = await notification.http.call(savePreferences, { as: asPerson(), body: { topics: [{ topic: 'job', channels: ['inbox', 'inbox'] }] } });
    expect(saved.topics).toContainEqual({ topic: 'job', channels: ['inbox'] });
  });

  it('keep a topic out of the inbox', async () => {
    const worker = asPerson();
    expect(await notification.http.call(readPreferences, { as: worker })).toMatchObject({ version: 0 });
    const saved = await notification.http.call(savePreferences, { as: worker, body: { topics: [{ topic: 'message', channels: [] }] } });
    expect(saved).toMatchObject({ version: 1, topics: expect.arrayContaining([{ topic: 'message', channels: [] }]) });
    const conversationId = newId();
    const data = { conversationId, sequence: 1, sender: asPerson().personId, members: [worker.personId] };
    communication.publish(messageSent, { aggregateId: conversationId, data });
    const told = invite(worker);
    matching.publish(inviteSent, { aggregateId: told.inviteId, data: told });
    expect((await has(worker, 1))[0]?.topic).toBe('invite');
  });
});
