import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { Header, Req, UseGuards, UseInterceptors, type CanActivate, type INestApplicationContext } from '@nestjs/common';
import { ApplicationConfig } from '@nestjs/core';
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

describe('a method without anything that only Nest can run', () => {
  it('is called by itself, and its answer is sent with the status of its contract', async () => {
    const said: unknown[] = [];
    const reply = { sent: false, code: (status: number) => said.push(status), send: (body: unknown) => said.push(body) };
    handlers().handlerOf({ controller: Plain, key: 'plain', status: 201 })?.({} as never, reply as never);
    await new Promise((resolve) => setImmediate(resolve));
    expect(said).toEqual([201, 'answer']);
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
