import type { ErrorDefinition } from '@muster/contracts/kernel/problem';
import type { z } from 'zod';

export interface FieldFault {
  /** JSON pointer into body, query or params: `/body/lines/0/count`. */
  readonly pointer: string;
  readonly message: string;
  readonly code: string;
}

interface ErrorOptions {
  cause?: unknown;
  fields?: readonly FieldFault[];
  /** Sent as `Retry-After`, seconds. */
  retryAfterSeconds?: number;
}

type ParamsOf<Definition extends ErrorDefinition> = z.input<Definition['params']>;
type Rest<Definition extends ErrorDefinition> =
  Record<never, never> extends ParamsOf<Definition>
    ? [params?: ParamsOf<Definition>, options?: ErrorOptions]
    : [params: ParamsOf<Definition>, options?: ErrorOptions];

/** A refusal that the client is told of, from a table made by `defineErrors`. Everything else thrown is a 500. */
export class AppError<Definition extends ErrorDefinition = ErrorDefinition> extends Error {
  readonly params: Readonly<Record<string, unknown>>;
  readonly fields: readonly FieldFault[];
  readonly retryAfterSeconds: number | undefined;

  constructor(
    readonly definition: Definition,
    ...[params, options]: Rest<Definition>
  ) {
    super(definition.title, options?.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'AppError';
    this.params = (params ?? {}) as Record<string, unknown>;
    this.fields = options?.fields ?? [];
    this.retryAfterSeconds = options?.retryAfterSeconds;
  }
}

/** The whole refusal is about one field: `{ fields: [faultAt('/body/placeId', userErrors.unknownPlace)] }`. */
export function faultAt(pointer: string, { title, code }: ErrorDefinition): FieldFault {
  return { pointer, message: title, code };
}
