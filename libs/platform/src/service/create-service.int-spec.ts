import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { config } from '../testing/fixture/config';
import { NotesModule } from '../testing/fixture/notes.module';
import { addNote, readGreeting } from '../testing/fixture/routes';
import { asPerson } from '../testing/http';
import { startService, type TestService } from '../testing/start-service';

describe('a service', () => {
  let service: TestService;
  beforeAll(async () => {
    service = await startService(NotesModule, config);
  });
  afterAll(() => service.close());

  it('answers a public route', async () => {
    expect(await service.http.call(readGreeting, { query: { name: 'you' } })).toEqual({ text: 'hello you', signedIn: false });
  });

  it('answers a worker and leaves out what is not declared', async () => {
    const worker = asPerson(undefined, ['worker']);
    const answer = await service.http.call(addNote, { as: worker, body: { text: 'x' } });
    expect(answer).toEqual({ id: expect.any(String), text: 'x', version: 1, extra: { kind: 'a', a: 'b' } });
  });

  it('shows how busy its event loop is although it sheds no load, as every test has it', async () => {
    const text = await (await fetch(`${service.operationsUrl}/metrics`)).text();
    expect(text).toMatch(/^muster_event_loop_delay_seconds\{service="notification"\} [\d.e-]+$/m);
    expect(text).toMatch(/^muster_event_loop_utilisation_ratio\{service="notification"\} [\d.e-]+$/m);
    expect(text).toContain('muster_queue_age_seconds{queue="notification database",service="notification"} 0');
  });
});
