import type { Client } from './client';
import { dayAhead } from './contractor';
import { chat, readNotices } from './everybody';

const NAGPUR = '1262180';

export function workerStep(client: Client): () => Promise<void> {
  let findable = false;
  let conversations: string[] = [];
  let rate = 80_000;
  const saveProfile = async (): Promise<void> => {
    rate += 100;
    const skills = [{ trade: 'mason', level: 3, years: client.random.between(1, 30) }];
    const displayName = `Ramesh ${rate}`;
    await client.do({
      op: 'saveWorkerProfile', method: 'PUT', path: '/users/me/worker-profile', about: { displayName, dayRate: rate },
      body: { displayName, placeId: NAGPUR, travelRadiusKm: client.random.between(5, 50), skills, dayRate: { amount: rate, currency: 'INR' }, languages: ['hi'] },
    });
  };
  const answerInvites = async (): Promise<void> => {
    const page = await client.do({ op: 'list', method: 'GET', path: '/matching/invites?open=true' });
    const items = (page.answer?.['items'] ?? []) as Array<{ inviteId: string; conversationId: string }>;
    conversations = [...conversations, ...items.map((one) => one.conversationId)].slice(-12);
    const invite = client.random.pick(items);
    if (!invite) return;
    const { inviteId } = invite;
    const path = `/matching/invites/${inviteId}`;
    if (client.random.chance(0.4)) await client.do({ op: 'seeInvite', method: 'POST', path: `${path}/seen`, body: {}, about: { inviteId }, repeatable: true });
    const dice = client.random.next();
    if (dice < 0.6) await client.do({ op: 'acceptInvite', method: 'POST', path: `${path}/accept`, body: {}, about: { inviteId }, repeatable: true });
    else if (dice < 0.8) await client.do({ op: 'declineInvite', method: 'POST', path: `${path}/decline`, body: {}, about: { inviteId }, repeatable: true });
  };
  return async () => {
    if (!findable) {
      await saveProfile();
      await saveCalendar(client);
      findable = true;
      return;
    }
    const dice = client.random.next();
    if (dice < 0.5) return answerInvites();
    if (dice < 0.75) return chat(client, client.random.pick(conversations));
    if (dice < 0.83) return readNotices(client);
    if (dice < 0.9) return saveProfile();
    if (dice < 0.95) return saveCalendar(client);
    return freeToday(client);
  };
}

async function saveCalendar(client: Client): Promise<void> {
  const closed = dayAhead(client.random.between(1, 80));
  const weekly = [1, 2, 3, 4, 5, 6].filter(() => client.random.chance(0.9));
  const body = { weekly, exceptions: [{ date: closed, free: false }] };
  await client.do({ op: 'saveAvailability', method: 'PUT', path: '/users/me/availability', body, about: { weekly, closed } });
}

async function freeToday(client: Client): Promise<void> {
  const free = client.random.chance(0.6);
  const request = { path: '/users/me/free-today', body: {} };
  if (free) await client.do({ op: 'freeToday', method: 'PUT', ...request });
  else await client.do({ op: 'notFreeToday', method: 'DELETE', ...request });
}
