import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { HealthIndicatorService } from '@nestjs/terminus';
import { Test } from '@nestjs/testing';
import { HealthModule } from './health.module';
import { Readiness } from './readiness';

describe('the probes', () => {
  let app: NestFastifyApplication;
  let readiness: Readiness;
  let index: true | string = true;

  beforeEach(async () => {
    index = true;
    const facts = { service: 'matching', release: { version: '1.2.3', commit: '933723b' } } as const;
    const testing = await Test.createTestingModule({ imports: [HealthModule.forService(facts)] }).compile();
    app = testing.createNestApplication<NestFastifyApplication>(new FastifyAdapter());
    await app.init();
    readiness = app.get(Readiness);
    const indicator = app.get(HealthIndicatorService).check('index');
    readiness.registerIndicator('index', () => (index === true ? indicator.up() : indicator.down({ reason: index })));
  });
  afterEach(() => app.close());

  it('say ready while every check is content', async () => {
    for (const path of ['/health/ready', '/ready']) {
      const answer = await app.inject(path);
      expect([answer.statusCode, answer.json()]).toEqual([200, expect.objectContaining({ status: 'ok' })]);
    }
  });

  it('say why not', async () => {
    index = 'behind by 7 s';
    const answer = await app.inject('/health/ready');
    expect(answer.statusCode).toBe(503);
    expect(answer.json()).toMatchObject({ status: 'error', error: { index: { status: 'down', reason: 'behind by 7 s' } } });
  });

  it('say not ready from the moment of draining, and live all the while', async () => {
    readiness.drain();
    expect((await app.inject('/ready')).statusCode).toBe(503);
    expect((await app.inject('/health/live')).json()).toEqual({ status: 'ok' });
  });

  it('ask nothing for liveness', async () => {
    index = 'broken';
    const asked = jest.spyOn(readiness, 'report');
    expect((await app.inject('/health/live')).statusCode).toBe(200);
    expect(asked).not.toHaveBeenCalled();
  });

  it('say started as soon as somebody listens, ready or not', async () => {
    index = 'loading';
    expect((await app.inject('/health/started')).json()).toEqual({ status: 'ok' });
  });

  it('sum up service, build and checks', async () => {
    index = 'loading';
    const answer = await app.inject('/health');
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toEqual({
      service: 'matching',
      version: '1.2.3',
      commit: '933723b',
      status: 'unready',
      uptimeSeconds: expect.any(Number),
      checks: { drain: 'ok', index: 'loading' },
    });
  });
});
