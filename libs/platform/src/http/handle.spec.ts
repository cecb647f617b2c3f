import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import type { InputOf } from '@muster/contracts/kernel/route';
import { addNote, readGreeting } from '../testing/fixture/routes';
import { Handle, Input } from './handle';

describe('a method that serves a route', () => {
  it('takes the input of that route', () => {
    expect(() => {
      class Greetings {
        @Handle(readGreeting)
        async greet(@Input(readGreeting) { query }: InputOf<typeof readGreeting>) {
          return { greeting: `${query}` } as never;
        }
      }
      return Greetings;
    }).not.toThrow();
  });

  it("is refused with another route's input", () => {
    expect(() => {
      class Crossed {
        @Handle(readGreeting)
        async greet(@Input(addNote) _input: InputOf<typeof readGreeting>) {
          return {} as never;
        }
      }
      return Crossed;
    }).toThrow(`Crossed.greet serves ${readGreeting.id} and takes the input of ${addNote.id}`);
  });
});
