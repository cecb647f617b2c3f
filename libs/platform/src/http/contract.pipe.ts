import type { Route } from '@muster/contracts/kernel/route';
import { Injectable, type ArgumentMetadata, type PipeTransform, type Type } from '@nestjs/common';
import { createZodValidationPipe } from 'nestjs-zod';
import { createZodDto, isZodDto } from 'nestjs-zod/dto';
import { z } from 'zod';
import { invalidInput } from '../errors/field-faults';

/** A class that names a schema, as nestjs-zod makes them. */
export type InputClass = ReturnType<typeof createZodDto>;

const classes = new WeakMap<Route, InputClass>();

/** One schema over the three parts of a request, so that an issue's path already says which part it is in. */
export function inputClassOf(route: Route): InputClass {
  let known = classes.get(route);
  if (!known) {
    known = createZodDto(z.object({ params: route.params, query: route.query, body: route.body }));
    classes.set(route, known);
  }
  return known;
}

const partOf: Partial<Record<ArgumentMetadata['type'], string>> = { body: 'body', query: 'query', param: 'params' };

const ZodPipe: Type<PipeTransform<unknown>> = createZodValidationPipe({ createValidationException: (error) => error as Error });

/**
 * nestjs-zod's pipe for every parameter of every handler. It checks what `@Input(route)` takes against the contract,
 * and any parameter whose type is a class made by `createZodDto` against that class.
 */
@Injectable()
export class ContractPipe extends ZodPipe {
  /** @throws AppError platform.invalid_request naming each field at fault */
  override transform(value: unknown, metadata: ArgumentMetadata): unknown {
    const { type, data } = metadata;
    try {
      return super.transform(value, isZodDto(data) ? { ...metadata, metatype: data } : metadata);
    } catch (error) {
      if (!(error instanceof z.ZodError)) throw error;
      const part = partOf[type];
      throw invalidInput(error, part === undefined ? [] : [part]);
    }
  }
}
