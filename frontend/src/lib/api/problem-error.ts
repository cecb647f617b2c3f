import type { RouteId, Routes } from './generated';

export interface FieldFault {
  pointer: string;
  message: string;
  code: string;
}

/** What went wrong, as a service said it. `network` and `timeout` have status 0: no service answered. */
export class ProblemError<Code extends string = string> extends Error {
  readonly traceId: string | null;
  readonly params: Readonly<Record<string, string | number | boolean>>;
  readonly fields: readonly FieldFault[];

  constructor(
    readonly code: Code | 'network' | 'timeout' | `platform.${string}`,
    readonly status: number,
    { title, traceId, params, errors }: Omit<ProblemBody, 'code'> = {},
  ) {
    super(title ?? code);
    this.name = 'ProblemError';
    this.traceId = traceId ?? null;
    this.params = params ?? {};
    this.fields = errors ?? [];
  }
}

export type ErrorOf<Id extends RouteId> = ProblemError<Routes[Id]['errors']>;

/** Reads the problem details of an answer. A proxy on the way may answer without any; that counts as unavailable. */
export async function problemFrom(response: Response): Promise<ProblemError> {
  const body: unknown = await response.json().catch(() => null);
  if (!isProblem(body)) return new ProblemError('platform.unavailable', response.status);
  return new ProblemError(body.code, response.status, body);
}

interface ProblemBody {
  code: string;
  title?: string;
  traceId?: string;
  params?: Record<string, string | number | boolean>;
  errors?: FieldFault[];
}

function isProblem(body: unknown): body is ProblemBody {
  return typeof body === 'object' && body !== null && 'code' in body && typeof body.code === 'string';
}

export function asProblem(error: unknown): ProblemError {
  return error instanceof ProblemError ? error : new ProblemError('platform.internal', 0);
}
