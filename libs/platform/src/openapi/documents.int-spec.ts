import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { config } from '../testing/fixture/config';
import { NotesModule } from '../testing/fixture/notes.module';
import { startService, type TestService } from '../testing/start-service';

describe('the documents of a service', () => {
  let service: TestService;
  const docs = '/api/v1/notifications/docs';
  beforeAll(async () => {
    service = await startService(NotesModule, config);
  });
  afterAll(() => service.close());

  it('are OpenAPI 3.1 of its public routes, with their problems', async () => {
    const { body, headers } = await service.http.raw('GET', `${docs}/openapi.json`);
    const document = body as { openapi: string; paths: Record<string, Record<string, { responses: Record<string, { description: string }> }>> };
    expect(headers['content-type']).toMatch(/^application\/json/);
    expect(document.openapi).toBe('3.1.0');
    expect(Object.keys(document.paths)).toEqual([
      '/api/v1/notification/break/{how}',
      '/api/v1/notification/greeting',
      '/api/v1/notification/notes',
      '/api/v1/notification/notes/{noteId}',
      '/api/v1/notification/wrong',
    ]);
    const add = document.paths['/api/v1/notification/notes']?.['post'];
    expect(Object.keys(add?.responses ?? {})).toEqual(['201', '400', '401', '403', '408', '409', '413', '415', '429', '500', '503']);
    expect(add?.responses['409']?.description).toContain('notification.notebook_full');
    expect(add).toMatchObject({ operationId: 'notification.addNote', security: [{ accessToken: [] }], parameters: [{ name: 'Idempotency-Key' }] });
  });

  it('ask for a body only where an empty one would be refused, and publish no data class', async () => {
    const { body } = await service.http.raw('GET', `${docs}/openapi.json`);
    const bodies = Object.values((body as { paths: Record<string, Record<string, { operationId: string; requestBody?: { required: boolean } }>> }).paths)
      .flatMap((operations) => Object.values(operations))
      .flatMap(({ operationId, requestBody }) => (requestBody ? [[operationId, requestBody.required]] : []));
    expect(bodies).toContainEqual(['notification.addNote', true]);
    expect(bodies.filter(([, required]) => required === false).length).toBeGreaterThan(0);
    expect(JSON.stringify(body)).not.toContain('dataClass');
  });

  it('have pages whose policy admits only themselves', async () => {
    const page = await service.http.raw('GET', docs);
    expect(page.status).toBe(200);
    expect(page.body).toContain('swagger-ui');
    expect(page.headers['content-security-policy']).toContain("script-src 'self';");
    expect(String(page.body)).not.toMatch(/<script>[^<]/);
    for (const file of ['swagger-ui-init.js', 'swagger-ui.css', 'swagger-ui-bundle.js']) {
      expect([file, (await service.http.raw('GET', `${docs}/${file}`)).status]).toEqual([file, 200]);
    }
  });

  it('are not shown on the operations listener', async () => {
    expect((await service.http.raw('GET', docs, { internal: true })).status).toBe(404);
  });
});
