import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { access } from '@muster/contracts/kernel/access';
import { route } from '@muster/contracts/kernel/route';
import {
  Body, Catch, Controller, createParamDecorator, Injectable, Module, Query, UseFilters, UseGuards, UseInterceptors, UsePipes,
  type ArgumentsHost, type CallHandler, type CanActivate, type ExceptionFilter, type ExecutionContext, type MiddlewareConsumer, type NestInterceptor,
  type NestMiddleware, type NestModule, type OnModuleInit, type PipeTransform,
} from '@nestjs/common';
import { HealthIndicatorService, type HealthIndicatorResult } from '@nestjs/terminus';
import { SkipThrottle, Throttle } from '@nestjs/throttler';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { createZodDto, ZodValidationPipe } from 'nestjs-zod';
import { map, type Observable } from 'rxjs';
import { z } from 'zod';
import { Readiness } from '../health/readiness';
import { Handle } from '../http/handle';
import { config } from '../testing/fixture/config';
import { startService, type TestService } from '../testing/start-service';

const base = '/api/v1/notification/newcomer';
const text = z.object({ text: z.string() });

function reading(name: string) {
  return route({
    id: `notification.${name}`, summary: name, method: 'GET', path: `${base}/${name}`, query: z.strictObject({ name: z.string().optional() }),
    response: text, access: access.public, rate: 'read', example: async (_world: unknown) => ({}),
  });
}

function writing(name: string) {
  return route({
    id: `notification.${name}`, summary: name, method: 'POST', path: `${base}/${name}`, body: z.strictObject({ text: z.string().optional() }),
    response: text, status: 201, access: access.public, rate: 'write', example: async (_world: unknown) => ({ body: {} }),
  });
}

class ClosedGuard implements CanActivate {
  canActivate(): boolean {
    return false;
  }
}

class ExclamationInterceptor implements NestInterceptor<z.infer<typeof text>> {
  intercept(_context: ExecutionContext, next: CallHandler<z.infer<typeof text>>): Observable<z.infer<typeof text>> {
    return next.handle().pipe(map((answer) => ({ text: `${answer.text}!` })));
  }
}

class UpperCasePipe implements PipeTransform<unknown> {
  transform(value: unknown): unknown {
    return typeof value === 'string' ? value.toUpperCase() : value;
  }
}

class TeapotError extends Error {}

@Catch(TeapotError)
class TeapotFilter implements ExceptionFilter<TeapotError> {
  catch(_error: TeapotError, host: ArgumentsHost): void {
    void host.switchToHttp().getResponse<FastifyReply>().status(418).send({ text: 'short and stout' });
  }
}

const threeLetters = z.object({ text: z.string().min(3) });
class ThreeLetters extends createZodDto(threeLetters) {}

const UserAgent = createParamDecorator((_nothing: unknown, context: ExecutionContext) => context.switchToHttp().getRequest<FastifyRequest>().headers['user-agent']);

@Controller()
class NewcomerController {
  @UseGuards(ClosedGuard)
  @Handle(reading('guarded'))
  async guarded() {
    return { text: 'never said' };
  }

  @UseInterceptors(ExclamationInterceptor)
  @Handle(reading('intercepted'))
  async intercepted() {
    return { text: 'hello' };
  }

  @UsePipes(UpperCasePipe)
  @Handle(reading('piped'))
  async piped(@Query('name') name: string) {
    return { text: name };
  }

  @UseFilters(TeapotFilter)
  @Handle(reading('filtered'))
  async filtered(): Promise<z.infer<typeof text>> {
    throw new TeapotError();
  }

  @Handle(writing('checked'))
  async checked(@Body(new ZodValidationPipe(threeLetters)) body: z.infer<typeof threeLetters>) {
    return body;
  }

  @Handle(writing('described'))
  async described(@Body() body: ThreeLetters) {
    return body;
  }

  @Handle(reading('agent'))
  async agent(@UserAgent() agent: string) {
    return { text: agent };
  }

  @Throttle({ default: { limit: 2, ttl: 60_000 } })
  @Handle(reading('throttled'))
  async throttled() {
    return { text: 'now and then' };
  }

  @SkipThrottle()
  @Handle(reading('unthrottled'))
  async unthrottled() {
    return { text: 'as often as you like' };
  }

  @Handle(reading('ordinary'))
  async ordinary() {
    return { text: 'ordinary' };
  }
}

@Injectable()
class StampMiddleware implements NestMiddleware<IncomingMessage, ServerResponse> {
  use(request: IncomingMessage, response: ServerResponse, next: () => void): void {
    if (request.headers['x-break'] !== undefined) throw new Error('the middleware is broken');
    response.setHeader('x-stamp', 'seen');
    next();
  }
}

let dogsBark = true;

@Injectable()
class DogHealthIndicator implements OnModuleInit {
  constructor(
    private readonly indicators: HealthIndicatorService,
    private readonly readiness: Readiness,
  ) {}

  onModuleInit(): void {
    this.readiness.registerIndicator('dogs', () => this.isHealthy('dogs'));
  }

  async isHealthy(key: string): Promise<HealthIndicatorResult> {
    const indicator = this.indicators.check(key);
    return dogsBark ? indicator.up() : indicator.down({ asleep: 3 });
  }
}

@Module({ controllers: [NewcomerController], providers: [DogHealthIndicator] })
class NewcomerModule implements NestModule {
  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(StampMiddleware).forRoutes(NewcomerController);
  }
}

let service: TestService;
beforeAll(async () => {
  service = await startService(NewcomerModule, config, { env: { RATE_LIMITS: 'read=1000/12,write=1000/1000', TRUST_PROXY: '1' } });
});
afterAll(() => service.close());

let networks = 0;
/** Every call comes from a network of its own, unless a test is about one that asks often. */
function from(network = `203.0.113.${(networks += 1)}`): Record<string, string> {
  return { 'x-forwarded-for': network };
}
const get = (name: string, headers = from()) => service.http.raw('GET', `${base}/${name}`, { headers });
const post = (name: string, body: unknown) =>
  service.http.raw('POST', `${base}/${name}`, { headers: { ...from(), 'content-type': 'application/json' }, body: JSON.stringify(body) });

describe('what Nest’s documentation says of a service works in this one', () => {
  it('@UseGuards refuses with 403, as a problem document', async () => {
    expect(await get('guarded')).toMatchObject({ status: 403, body: { code: 'platform.not_allowed' } });
  });

  it('@UseInterceptors changes what the handler returned', async () => {
    expect(await get('intercepted')).toMatchObject({ status: 200, body: { text: 'hello!' } });
  });

  it('@UsePipes transforms what the handler is given', async () => {
    expect(await get('piped?name=ada')).toMatchObject({ status: 200, body: { text: 'ADA' } });
  });

  it('@UseFilters answers what the handler threw', async () => {
    expect(await get('filtered')).toMatchObject({ status: 418, body: { text: 'short and stout' } });
  });

  it('@Body(new ZodValidationPipe(schema)) refuses a body that does not fit, and names the field', async () => {
    expect(await post('checked', { text: 'abc' })).toMatchObject({ status: 201, body: { text: 'abc' } });
    expect(await post('checked', { text: 'ab' })).toMatchObject({ status: 400, body: { code: 'platform.invalid_request', errors: [{ pointer: '/text' }] } });
  });

  it('@Body() of a class made by createZodDto is checked by the global pipe', async () => {
    expect(await post('described', { text: 'abc' })).toMatchObject({ status: 201, body: { text: 'abc' } });
    expect(await post('described', { text: 'ab' })).toMatchObject({ status: 400, body: { errors: [{ pointer: '/body/text' }] } });
  });

  it('a handler that takes only a @Body() of its own is still held to its contract', async () => {
    expect(await post('checked', { text: 'abc', admin: true })).toMatchObject({ status: 400, body: { errors: [{ pointer: '/body/admin' }] } });
  });

  it('a decorator by createParamDecorator fills its parameter', async () => {
    expect(await get('agent', { ...from(), 'user-agent': 'newcomer/1' })).toMatchObject({ status: 200, body: { text: 'newcomer/1' } });
  });

  it('middleware that a module configures runs, for the routes it names', async () => {
    expect((await get('ordinary')).headers).toMatchObject({ 'x-stamp': 'seen' });
    expect((await service.http.raw('GET', '/health')).headers).not.toHaveProperty('x-stamp');
  });

  it('what middleware throws is answered by the one filter', async () => {
    const answer = await get('ordinary', { ...from(), 'x-break': '1' });
    expect(answer).toMatchObject({ status: 500, body: { code: 'platform.internal' } });
    expect(JSON.stringify(answer.body)).not.toContain('broken');
  });

  it('a Terminus health indicator decides whether the service is ready', async () => {
    const ready = () => service.http.raw('GET', '/health/ready', { internal: true });
    expect(await ready()).toMatchObject({ status: 200, body: { details: { dogs: { status: 'up' } } } });
    dogsBark = false;
    expect(await ready()).toMatchObject({ status: 503, body: { error: { dogs: { status: 'down', asleep: 3 } } } });
    dogsBark = true;
  });

  it('@Throttle gives a route a limit of its own, which other routes do not use up', async () => {
    const network = from();
    for (let n = 0; n < 5; n += 1) await get('ordinary', network);
    const answers = [await get('throttled', network), await get('throttled', network), await get('throttled', network)];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 429]);
    expect((await get('ordinary', network)).status).toBe(200);
  });

  it('@SkipThrottle takes a route out of the limit that others have', async () => {
    const network = from();
    for (let n = 0; n < 15; n += 1) expect((await get('unthrottled', network)).status).toBe(200);
    const answers = await Promise.all(Array.from({ length: 13 }, () => get('ordinary', network)));
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(1);
  });
});
