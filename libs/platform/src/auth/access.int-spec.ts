import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../testing/eventually';
import { config } from '../testing/fixture/config';
import { NotesModule } from '../testing/fixture/notes.module';
import { addNote, countNotes, listNotes, readGreeting } from '../testing/fixture/routes';
import { asPerson } from '../testing/http';
import { startService, type TestService } from '../testing/start-service';
import { newKey, serviceToken, signToken } from '../testing/test-keys';

let service: TestService;
beforeAll(async () => {
  service = await startService(NotesModule, config);
});
afterAll(() => service.close());

const note = { body: { text: 'a' } };

describe('a route for persons', () => {
  it('asks a stranger to sign in', async () => {
    const answer = await service.http.send(addNote, note);
    expect(answer).toMatchObject({ status: 401, body: { code: 'platform.not_signed_in' } });
    expect(answer.headers['www-authenticate']).toBe('Bearer');
  });

  it('refuses another role, and takes the right one', async () => {
    expect(await service.http.refusal(addNote, { ...note, as: asPerson(undefined, ['contractor']) })).toMatchObject({ status: 403, code: 'platform.not_allowed' });
    expect(await service.http.call(addNote, { ...note, as: asPerson(undefined, ['contractor', 'worker']) })).toMatchObject({ version: 1 });
  });

  it('takes anybody signed in where no role is named', async () => {
    expect(await service.http.call(listNotes, { as: asPerson() })).toEqual({ items: [], nextCursor: null });
  });

  it('judges who sends before what is sent', async () => {
    expect(await service.http.refusal(addNote, { body: {} as never })).toMatchObject({ status: 401 });
  });

  it.each(['Basic abc', 'Bearer', 'Bearer a b', 'bearer x.y.z', ''])('takes "%s" for a stranger', async (authorization) => {
    expect(await service.http.refusal(listNotes, { headers: { authorization } })).toMatchObject({ status: 401 });
  });

  it('refuses a service’s token', async () => {
    expect(await service.http.refusal(listNotes, { as: { token: await serviceToken('matching', 'notification') } })).toMatchObject({ status: 401 });
  });
});

describe('a public route', () => {
  it('knows who is signed in, and takes a bad token for a stranger', async () => {
    expect(await service.http.call(readGreeting, { as: asPerson() })).toMatchObject({ signedIn: true });
    expect(await service.http.call(readGreeting, { as: { token: 'bad' } })).toMatchObject({ signedIn: false });
  });
});

describe('an internal route', () => {
  it('answers the service that its contract names', async () => {
    expect(await service.http.call(countNotes, { as: 'matching' })).toEqual({ count: 0, caller: 'matching' });
  });

  it('refuses other services, persons and strangers', async () => {
    expect(await service.http.refusal(countNotes, { as: 'user' })).toMatchObject({ status: 403 });
    expect(await service.http.refusal(countNotes, { as: asPerson(undefined, ['admin']) })).toMatchObject({ status: 401 });
    expect(await service.http.refusal(countNotes)).toMatchObject({ status: 401 });
  });

  it('is not there on the public listener, with any token', async () => {
    const authorization = `Bearer ${await serviceToken('matching', 'notification')}`;
    expect(await service.http.raw('GET', '/internal/v1/notes/count', { headers: { authorization } })).toMatchObject({ status: 404 });
  });

  it('refuses a token for another service, an old one, a stranger’s and one that speaks for another', async () => {
    const now = Math.floor(Date.now() / 1000);
    const stranger = await newKey('matching.1');
    const sign = (claims: object, key = stranger) => signToken({ key, type: 'service+jwt', claims: { iss: 'matching', aud: 'notification', iat: now, exp: now + 60, ...claims } });
    const tokens = [
      await serviceToken('matching', 'user'),
      await sign({}),
      (await serviceToken('user', 'notification')).replace(/^[^.]+/, Buffer.from('{"alg":"ES256","typ":"service+jwt","kid":"matching.1"}').toString('base64url')),
      await sign({ iat: now - 100, exp: now - 40 }),
      await sign({ exp: now + 3600 }),
      await signToken({ key: service.auth.key, type: 'service+jwt', claims: { iss: 'matching', aud: 'notification', iat: now, exp: now + 60 } }),
    ];
    for (const token of tokens) expect(await service.http.refusal(countNotes, { as: { token } })).toMatchObject({ status: 401 });
  });

  it('is the only kind on the operations listener, besides probes and metrics', async () => {
    const internal = { internal: true };
    expect(await service.http.raw('GET', '/api/v1/notification/greeting', internal)).toMatchObject({ status: 404 });
    for (const path of ['/health', '/health/live', '/health/ready', '/ready', '/metrics']) {
      expect([path, (await service.http.raw('GET', path, internal)).status]).toEqual([path, 200]);
    }
    expect(await service.http.raw('GET', '/health')).toMatchObject({ status: 200 });
  });
});

describe('a session that is over', () => {
  it('is refused within a second, while others go on', async () => {
    const [ended, other] = [asPerson(), asPerson()];
    await service.http.call(listNotes, { as: ended });
    await service.revoke(ended);
    expect(await service.http.refusal(listNotes, { as: ended })).toMatchObject({ status: 401 });
    await service.http.call(listNotes, { as: other });
  });

  it('is noticed by asking while the feed is silent', async () => {
    const ended = asPerson();
    service.auth.revoke({ ...ended, issuedBefore: service.clock.instant() });
    service.clock.advanceMonotonic({ s: 4 });
    await eventually(async () => expect(await service.http.refusal(listNotes, { as: ended })).toMatchObject({ status: 401 }), 2_000);
  });

  it('cannot be learnt: changes wait, reading goes on, and it ends by itself', async () => {
    const as = asPerson(undefined, ['worker']);
    await service.http.call(listNotes, { as });
    service.auth.unreachable = true;
    service.clock.advanceMonotonic({ s: 4 });
    const answer = await service.http.send(addNote, { as, body: { text: 'later' } });
    expect(answer).toMatchObject({ status: 503, body: { code: 'platform.sign_in_cut_off' } });
    expect(answer.headers['retry-after']).toBe('2');
    await service.http.call(listNotes, { as });
    service.auth.unreachable = false;
    service.clock.advanceMonotonic({ s: 1 });
    await eventually(() => service.http.call(addNote, { as, body: { text: 'later' } }), 5_000);
  });
});
