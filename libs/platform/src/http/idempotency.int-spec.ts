import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { config } from '../testing/fixture/config';
import { NotesModule } from '../testing/fixture/notes.module';
import { addNote, listNotes } from '../testing/fixture/routes';
import { asPerson } from '../testing/http';
import { startService, type TestService } from '../testing/start-service';

describe('an Idempotency-Key', () => {
  let service: TestService;
  beforeAll(async () => {
    service = await startService(NotesModule, config);
  });
  afterAll(() => service.close());

  it('gives the same request the same answer and one effect, also when sent at once', async () => {
    const call = { as: asPerson(undefined, ['worker']), body: { text: 'once' }, idempotencyKey: 'key-1' };
    const answers = await Promise.all([1, 2, 3].map(() => service.http.call(addNote, call)));
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
    expect((await service.http.call(listNotes, { as: call.as })).items).toHaveLength(1);
  });

  it('is refused for another body', async () => {
    const call = { as: asPerson(undefined, ['worker']), idempotencyKey: 'key-1' };
    await service.http.call(addNote, { ...call, body: { text: 'a' } });
    expect(await service.http.refusal(addNote, { ...call, body: { text: 'b' } })).toMatchObject({ status: 409, code: 'platform.key_reused' });
  });

  it('of another person is another key', async () => {
    const call = { body: { text: 'a' }, idempotencyKey: 'key-1' };
    const [one, two] = await Promise.all([0, 0].map(() => service.http.call(addNote, { ...call, as: asPerson(undefined, ['worker']) })));
    expect(one?.id).not.toBe(two?.id);
  });

  it.each(['', 'with space', 'x'.repeat(129)])('of the form "%s" is refused by name', async (idempotencyKey) => {
    const refused = await service.http.refusal(addNote, { as: asPerson(undefined, ['worker']), body: { text: 'a' }, idempotencyKey });
    expect(refused).toMatchObject({ status: 400, errors: [{ pointer: '/headers/idempotency-key' }] });
  });
});
