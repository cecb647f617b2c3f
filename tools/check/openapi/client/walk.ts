import createClient, { type Client } from 'openapi-fetch';
import type { paths as AuthPaths } from './generated/auth';
import type { paths as CommunicationPaths } from './generated/communication';
import type { paths as MatchingPaths } from './generated/matching';
import type { paths as NotificationPaths } from './generated/notification';
import type { paths as UserPaths } from './generated/user';

type Api = Client<AuthPaths & CommunicationPaths & MatchingPaths & NotificationPaths & UserPaths>;

export interface Credentials {
  readonly email: string;
  readonly password: string;
}

async function signIn(baseUrl: string, credentials: Credentials): Promise<{ api: Api; personId: string }> {
  const api: Api = createClient({ baseUrl });
  const { data, error } = await api.POST('/api/v1/auth/sign-in', { body: { ...credentials } });
  if (!data) throw new Error(`sign-in: ${error.title}`);
  api.use({ onRequest: ({ request }) => void request.headers.set('authorization', `Bearer ${data.accessToken}`) });
  return { api, personId: data.personId };
}

/** The answer's data. @throws Error with the problem's title and detail where it is a refusal */
async function must<T>(what: string, answer: Promise<{ data?: T; error?: { title: string; detail?: string }; response: Response }>): Promise<T> {
  const { data, error, response } = await answer;
  if (error !== undefined) throw new Error(`${what}: ${response.status} ${error.title} ${error.detail ?? ''}`);
  return data as T;
}

/** Asks again until the answer is as wanted: facts travel between services. */
async function until<T>(ask: () => Promise<T>, wanted: (answer: T) => boolean): Promise<T> {
  for (const end = performance.now() + 15_000; ; await new Promise((resolve) => setTimeout(resolve, 500))) {
    const answer = await ask();
    if (wanted(answer) || performance.now() > end) return answer;
  }
}

/**
 * The thread of the product with a client that openapi-typescript makes of the served documents: a contractor describes a
 * job and invites, the worker sees the invite, both write, the worker says yes, and the place is filled.
 *
 * @param day a civil date some days ahead
 * @returns what became of the job
 */
export async function walk(baseUrl: string, people: { worker: Credentials; contractor: Credentials }, day: string): Promise<{ filled: number; messages: number; notices: number }> {
  const worker = await signIn(baseUrl, people.worker);
  const contractor = await signIn(baseUrl, people.contractor);
  // @ts-expect-error -- A route that no document has does not compile.
  void (() => contractor.api.GET('/api/v1/matching/nothing'));
  // @ts-expect-error -- Nor does a body without what the document requires.
  void (() => contractor.api.POST('/api/v1/matching/jobs', { body: { title: 'Compound wall' } }));

  const profile = await must('profile', worker.api.GET('/api/v1/users/me/worker-profile'));
  const [skill] = profile.skills;
  if (!skill) throw new Error('the worker has no trade');
  await must('free days', worker.api.PUT('/api/v1/users/me/availability', { body: { weekly: [1, 2, 3, 4, 5, 6, 7], exceptions: [] } }));
  const pay = { amount: Math.max(profile.dayRate.amount, 100_000), currency: 'INR' as const, basis: 'day' as const };
  const job = await must(
    'describe',
    contractor.api.POST('/api/v1/matching/jobs', {
      body: { title: 'Compound wall', placeId: profile.placeId, lines: [{ trade: skill.trade, minimumLevel: 1, count: 1, days: [day], startsAt: '09:00', endsAt: '18:00', pay }] },
    }),
  );
  const { jobId } = job;
  const lineId = job.lines[0]?.lineId ?? '';
  await must('open', contractor.api.POST('/api/v1/matching/jobs/{jobId}/open', { params: { path: { jobId }, header: { 'If-Match': String(job.version) } }, body: {} }));
  await must('rank', contractor.api.GET('/api/v1/matching/jobs/{jobId}/lines/{lineId}/workers', { params: { path: { jobId, lineId } } }));
  // Until matching has heard of the worker's free days, the worker is no match: 409.
  const invited = await until(
    () => contractor.api.POST('/api/v1/matching/jobs/{jobId}/lines/{lineId}/invites', { params: { path: { jobId, lineId } }, body: { worker: worker.personId } }),
    ({ response }) => response.status !== 409,
  );
  const { inviteId } = await must('invite', Promise.resolve(invited));
  const invite = await must('read the invite', worker.api.GET('/api/v1/matching/invites/{inviteId}', { params: { path: { inviteId } } }));
  const { conversationId } = invite;
  const write = (api: Api, clientId: string, text: string) =>
    api.POST('/api/v1/communication/conversations/{conversationId}/messages', { params: { path: { conversationId } }, body: { clientId, text } });
  await until(() => contractor.api.GET('/api/v1/communication/conversations'), ({ data }) => data?.items.some((each) => each.conversationId === conversationId) ?? false);
  await must('write', write(contractor.api, '01890000-0000-7000-8000-000000000001', 'Bring your level.'));
  await must('answer', write(worker.api, '01890000-0000-7000-8000-000000000002', 'ठीक है'));
  await must('accept', worker.api.POST('/api/v1/matching/invites/{inviteId}/accept', { params: { path: { inviteId } }, body: {} }));
  const filled = await must('read the job', contractor.api.GET('/api/v1/matching/jobs/{jobId}', { params: { path: { jobId } } }));
  const messages = await must('read messages', worker.api.GET('/api/v1/communication/conversations/{conversationId}/messages', { params: { path: { conversationId } } }));
  const notices = await until(() => must('notices', contractor.api.GET('/api/v1/notifications/inbox')), ({ items }) => items.length > 0);
  return { filled: filled.filled, messages: messages.items.length, notices: notices.items.length };
}
