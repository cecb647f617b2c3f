import { serviceName } from '@muster/contracts/kernel/ids';
import { int } from '@muster/contracts/kernel/integer';
import { z } from 'zod';

const hex = (length: number) => z.string().regex(new RegExp(`^[0-9a-f]{${length}}$`));
const count = int({ min: 0 });
const milliseconds = z.number().min(0);

/** Of whatever was thrown: more fields than these differ by its class, and all have passed the redaction. */
const thrown = z.looseObject({
  type: z.string().describe('Name of its class'),
  message: z.string(),
  stack: z.string().optional(),
  code: z.union([z.string(), z.number()]).optional().describe('Of Node, PostgreSQL or a problem'),
});
const err = thrown.extend({ cause: z.unknown().optional() });

/** In every line, then what the scope of the work adds. */
const always = {
  level: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal']),
  time: z.iso.datetime({ precision: 3 }).describe('UTC'),
  version: z.string().min(1).describe('Of the build'),
  commit: z.string().min(1).describe('Of the build, or unknown'),
  service: serviceName,
  requestId: z.string().optional().describe('Header x-request-id of the answer'),
  traceId: hex(32).optional(),
  spanId: hex(16).optional(),
};

/** What a line may say besides, each name for one thing and of one type in all services: an index has one mapping of it. */
const facts = z
  .strictObject({
    context: z.string().describe('The part of the code'),
    err,
    after: count.describe('Number of the last change that was read'),
    awayMs: milliseconds.describe('How long the broker was away'),
    consumer: z.string(),
    faults: z.array(z.string()).describe('Where an answer breaks its contract'),
    found: count.describe('Number of the change that came instead of the next'),
    kind: z.string().describe('Of a timer or a task'),
    listener: z.string(),
    mailId: z.string(),
    ms: milliseconds,
    operationsPort: count,
    port: count,
    problem: z.string().describe('Code of the problem that was answered'),
    producer: serviceName,
    route: z.string().describe("A route's id"),
    sessionId: z.string(),
    step: z.string().describe('Of the shutdown'),
    upMs: milliseconds.describe('How long the broker had been there'),
    why: z.string().describe('Why events cannot be read on: epoch, beyondHead or tooOld'),
    workers: count.describe('In the search index'),
  })
  .partial();

/** The line of a request, written when its last byte is out. */
const requestLine = z.strictObject({
  ...always,
  msg: z.literal('request'),
  requestId: z.string(),
  traceId: hex(32),
  spanId: hex(16),
  method: z.string(),
  route: z.string().describe('The template of the path, or unmatched'),
  status: int({ min: 100, max: 599 }),
  durationMs: milliseconds,
  personId: z.string().optional(),
  caller: serviceName.optional(),
  sampleRate: z.number().min(0).max(1).describe('The line stands for 1 / sampleRate requests'),
});

const otherLine = z.strictObject({ ...always, ...facts.shape, msg: z.string().regex(/^(?!request$)/) });

/** The form of every line that a service prints; docs/generated/log-schema.json is made of it. */
export const logLine = z.union([requestLine, otherLine]);

/** What is wrong with a printed line, each in a sentence; never the values, which are what must not be read. */
export function logLineFaults(text: string): string[] {
  let line: unknown;
  try {
    line = JSON.parse(text);
  } catch {
    return ['a line is no JSON: print by the logger, or to the error stream before there is one'];
  }
  const isRequest = (line as { msg?: unknown } | null)?.msg === 'request';
  const { error } = (isRequest ? requestLine : otherLine).safeParse(line);
  const subject = `the line “${String((line as { msg?: unknown } | null)?.msg)}”`;
  return (error?.issues ?? []).flatMap((issue) => {
    if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => `${subject} has a field ${key}, which libs/platform/src/logging/log-line.ts does not declare: declare it there, or use a field that is there`);
    return [`${subject}: ${issue.path.join('.')} does not fit log-line.ts: ${issue.message}`];
  });
}
