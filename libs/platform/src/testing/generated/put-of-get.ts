import { isDeepStrictEqual } from 'node:util';
import type { Route } from '@muster/contracts/kernel/route';
import type { TestAnswer } from '../http';
import { faultOfSuccess } from './answers';
import { askWith } from './authorization';
import { allowedCaller } from './bad-input';
import { Callers } from './callers';
import { exampleOf, type ContractWorld } from './contract-world';
import { shapeOf, type JsonShape } from './json-shape';

/** Days by which the clock moves between reading and writing; facts about today are past by then. */
const DAYS_LATER = 2;

export interface Editable {
  readonly read: Route;
  readonly write: Route;
}

/** Things that are read and written as a whole: a GET and a PUT of one address. */
export function editableOf(declared: readonly Route[]): Editable[] {
  return declared.flatMap((write) => {
    const read = write.method === 'PUT' ? declared.find(({ method, path }) => method === 'GET' && path === write.path) : undefined;
    return read ? [{ read, write }] : [];
  });
}

/** Reads a thing, lets two days go by, and writes what was read: it is taken, and reads as before. */
export class PutOfGet {
  private readonly callers: Callers;

  constructor(private readonly world: ContractWorld) {
    this.callers = new Callers(world);
  }

  async faultOf({ read, write }: Editable): Promise<string | undefined> {
    const { clock } = this.world.service;
    const example = await exampleOf(write, this.world);
    const ask = async (route: Route, body?: unknown, ifMatch?: number): Promise<TestAnswer> => {
      const request = { ...example, ...(route === write && { body }), ...(ifMatch !== undefined && { ifMatch }) };
      return askWith(this.world, route, request, await allowedCaller(route, example, this.world, this.callers));
    };
    const written = faultOfSuccess(write, await ask(write, example.body));
    if (written !== undefined) return written;
    const given = (await ask(read)).body as { version?: number };
    clock.advance({ d: DAYS_LATER });
    try {
      // One form has been open all the time, another is opened only now.
      for (const body of [given, (await ask(read)).body as typeof given]) {
        const before = await ask(read);
        const fault = faultOfSuccess(write, await ask(write, declaredIn(shapeOf(write.body), body), write.versioned ? (before.body as typeof given).version : undefined));
        if (fault !== undefined) return fault;
        const after = await ask(read);
        const [was, is] = [before, after].map((answer) => declaredIn(shapeOf(write.body), answer.body));
        if (!isDeepStrictEqual(was, is)) return `reads as ${JSON.stringify(is)} after writing what was read, ${JSON.stringify(was)}`;
      }
      return undefined;
    } finally {
      clock.advance({ d: -DAYS_LATER });
    }
  }
}

/** The part of a value that the shape declares. */
function declaredIn(given: JsonShape, value: unknown): unknown {
  const shape = given.anyOf?.find(({ type }) => type !== 'null') ?? given;
  if (Array.isArray(value)) return value.map((each: unknown) => declaredIn(shape.items ?? {}, each));
  if (value === null || typeof value !== 'object' || !shape.properties) return value;
  const declared = Object.entries(value).filter(([name]) => name in (shape.properties ?? {}));
  return Object.fromEntries(declared.map(([name, part]) => [name, declaredIn(shape.properties?.[name] ?? {}, part)]));
}
