import { noContent, type Route } from '@muster/contracts/kernel/route';
import type * as fastJsonStringify from 'fast-json-stringify';
import type { FastifyReply, preSerializationHookHandler, RouteOptions } from 'fastify';
import { z } from 'zod';

/** Called when an answer does not fit its route's schema; in tests it throws, in production it counts and logs. */
export type MismatchListener = (route: Route, error: z.ZodError) => void;

/**
 * JSON schema of what a route answers, for Fastify's serializer: fields that are not declared are left out while the
 * text is written. `additionalProperties: false` is dropped, because with it one undeclared field inside a union or a
 * nullable is a 500 instead of being left out.
 */
export function answerSchema(route: Route): object {
  return z.toJSONSchema(route.response, {
    target: 'draft-7',
    io: 'output',
    unrepresentable: 'any',
    override: ({ jsonSchema }) => {
      if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
      delete jsonSchema['$schema'];
    },
  });
}

/** Compiled at the first answer, not at the start, and so is the compiler loaded: each is a tenth of a second. */
export function lazySerializer(route: Route): (payload: unknown) => string {
  let serialize: ((payload: unknown) => string) | undefined;
  return (payload) => {
    serialize ??= compile(answerSchema(route));
    return serialize(payload);
  };
}

function compile(schema: object): (payload: unknown) => string {
  const { build } = require('fast-json-stringify') as typeof fastJsonStringify;
  return build(schema as fastJsonStringify.Schema) as (payload: unknown) => string;
}

/** Gives a route its serializer and the sampled full check of its answers. */
export function describeAnswers(options: RouteOptions, route: Route, sample: number, mismatch: MismatchListener): void {
  if (route.response === noContent) return;
  const serialize = lazySerializer(route);
  // The schema only makes Fastify ask for a serializer; the compiler answers with the contract's own.
  options.schema = { ...options.schema, response: { [route.status]: { type: 'object' } } };
  options.serializerCompiler = () => serialize;
  if (sample <= 0) return;
  const check: preSerializationHookHandler = (_request, reply: FastifyReply, payload, done) => {
    if (reply.statusCode === route.status && (sample >= 1 || Math.random() < sample)) {
      const result = route.response.safeParse(payload);
      if (!result.success) {
        try {
          mismatch(route, result.error);
        } catch (error) {
          done(error as Error);
          return;
        }
      }
    }
    done(null, payload);
  };
  options.preSerialization = [check];
}
