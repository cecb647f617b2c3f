import type { ServiceName } from '@muster/contracts/kernel/ids';
import { destination, pino, stdTimeFunctions, type DestinationStream, type Level, type Logger as PinoLogger } from 'pino';
import type { Release } from '../config/release';
import { surviving } from '../kernel/surviving';
import { currentScope } from '../tracing/scope';
import { currentTraceparent } from '../tracing/traceparent';
import { redact, scrub } from './redaction';

export type RootLogger = PinoLogger;

export interface LoggerOptions {
  /** Used where the work's scope does not say whose it is. */
  service: ServiceName;
  level: Level | 'silent';
  release: Release;
  /** Standard output without it. */
  destination?: DestinationStream;
}

/** Standard output, whose lines are gathered. */
let standardOutput: (DestinationStream & { flushSync(): void }) | undefined;

/** Lines are gathered to this many bytes, or for this long: a write of its own cost each line as much as all the rest of it. */
const GATHERED_BYTES = 4096;
const GATHERED_MS = 100;

/** One writer for the process: five services that each wrote for themselves could cut into each other's lines. */
function output(): DestinationStream {
  standardOutput ??= gatheredOutput();
  return standardOutput;
}

function gatheredOutput(): NonNullable<typeof standardOutput> {
  const out = destination({ dest: 1, sync: false, minLength: GATHERED_BYTES });
  let flush: NodeJS.Timeout | undefined;
  process.once('exit', surviving('last flush of the log', flushLogs));
  return {
    flushSync: () => out.flushSync(),
    write(line) {
      out.write(line);
      flush ??= setTimeout(surviving('flush of the log', () => {
        flush = undefined;
        out.flush();
      }), GATHERED_MS).unref();
    },
  };
}

/** JSON lines `{level,time,version,commit,service,requestId,traceId,spanId,…,msg}`, redacted; nobody logs around it. */
export function createLogger({ service, level, release, destination: given }: LoggerOptions): RootLogger {
  return pino(
    {
      level,
      base: { version: release.version, commit: release.commit },
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }), log: redact },
      // An error is made a plain object by redact; pino's own serializer would run on it again.
      serializers: { err: (value: unknown) => value },
      mixin: () => scopeFields(service),
      hooks: { streamWrite: scrub },
    },
    given ?? output(),
  );
}

/** Before the process exits: what is buffered reaches the pipe. */
export function flushLogs(): void {
  try {
    standardOutput?.flushSync();
  } catch {
    // Nothing was written yet, or the reader of the pipe is gone, so nobody can be told.
  }
}

function scopeFields(fallback: ServiceName): Record<string, string> {
  const { service = fallback, requestId } = currentScope();
  const fields: Record<string, string> = { service };
  if (requestId !== undefined) fields['requestId'] = requestId;
  const traceparent = currentTraceparent();
  if (traceparent !== undefined) {
    fields['traceId'] = traceparent.slice(3, 35);
    fields['spanId'] = traceparent.slice(36, 52);
  }
  return fields;
}
