import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { Header, Req, UseGuards, UseInterceptors, type CanActivate, type INestApplicationContext } from '@nestjs/common';
import { ApplicationConfig } from '@nestjs/core';
import { platformErrors } from '@muster/contracts/kernel/problem';
import { AppError } from '../errors/app-error';
import { PlainHandlers } from './plain-handlers';

class Nothing implements CanActivate {
  canActivate(): boolean {
    return true;
  }
}

class Plain {
  async plain(): Promise<string> {
    return 'answer';
  }
  atOnce(): string {
    return 'answer';
  }
  async refused(): Promise<string> {
    throw new AppError(platformErrors.notAllowed);
  }
  refusedAtOnce(): string {
    throw new AppError(platformErrors.notAllowed);
  }
  async withRequest(@Req() _request: unknown): Promise<void> {}
  @UseGuards(Nothing)
  async guarded(): Promise<void> {}
  @Header('x', 'y')
  async withHeader(): Promise<void> {}
}

@UseInterceptors(Nothing as never)
class Intercepted {
  async plain(): Promise<void> {}
}

function handlers(config = new ApplicationConfig()): PlainHandlers {
  const made = new Map<unknown, unknown>([[Plain, new Plain()], [Intercepted, new Intercepted()]]);
  const plain = new PlainHandlers();
  plain.of({ config, get: (type: unknown) => made.get(type) } as unknown as INestApplicationContext);
  return plain;
}

/** What is said to the reply of a request that this method answers. */
async function saidBy(key: string, sent = false): Promise<unknown[]> {
  const said: unknown[] = [];
  const reply = { sent, code: (status: number) => said.push(status), send: (body: unknown) => said.push(body) };
  handlers().handlerOf({ controller: Plain, key, status: 201 })?.({} as never, reply as never);
  await new Promise((resolve) => setImmediate(resolve));
  return said;
}

describe('a method without anything that only Nest can run', () => {
  it.each(['plain', 'atOnce'])('is called by itself, and its answer is sent with the status of its contract: %s', async (key) => {
    expect(await saidBy(key)).toEqual([201, 'answer']);
  });

  it.each(['refused', 'refusedAtOnce'])('has its refusal sent: %s', async (key) => {
    expect(await saidBy(key)).toEqual([201, expect.objectContaining({ definition: platformErrors.notAllowed })]);
  });

  it('says nothing any more where the request was answered because its time was up', async () => {
    expect(await saidBy('plain', true)).toEqual([201]);
  });
});

describe('what asks for Nest', () => {
  it.each(['withRequest', 'guarded', 'withHeader'])('is left to it: %s', (key) => {
    expect(handlers().handlerOf({ controller: Plain, key, status: 200 })).toBeUndefined();
  });

  it('is left to it: an interceptor of the whole controller, and anything global', () => {
    expect(handlers().handlerOf({ controller: Intercepted, key: 'plain', status: 200 })).toBeUndefined();
    const config = new ApplicationConfig();
    config.addGlobalGuard(new Nothing());
    expect(handlers(config).handlerOf({ controller: Plain, key: 'plain', status: 200 })).toBeUndefined();
  });
});
