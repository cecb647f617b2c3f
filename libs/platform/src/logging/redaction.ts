import { isError } from '../kernel/is-error';
/**
 * What a log line never holds, by data class. Keys are compared in lower case without `_` and `-`; those of `part`
 * match anywhere in a key (`newPassword`, `refresh_token`), those of `whole` only the entire key.
 */
export const redactedKeys = {
  secret: {
    part: ['password', 'passphrase', 'secret', 'token', 'authorization', 'cookie', 'credential', 'privatekey', 'apikey', 'signature', 'otp'],
    whole: ['code', 'pin', 'ticket', 'jwt', 'p256dh', 'endpoint', 'databaseurl', 'connectionstring'],
  },
  contact: { part: ['email', 'phone', 'mobile', 'whatsapp'], whole: ['login', 'mail', 'recipient', 'to'] },
  personal: {
    part: ['displayname', 'firstname', 'lastname', 'fullname', 'legalname', 'dateofbirth', 'birthdate', 'useragent', 'forwardedfor'],
    whole: ['text', 'body', 'bio', 'about', 'note', 'notes', 'dob', 'ip', 'remoteaddress', 'clientaddress', 'parameters', 'values'],
  },
  location: { part: ['latitude', 'longitude'], whole: ['lat', 'lng', 'lon', 'point', 'coordinates'] },
} as const;

export const REDACTED = '[redacted]';
const MAX_DEPTH = 6;
const MAX_ITEMS = 50;
const MAX_TEXT = 2_000;

const whole = new Set<string>(Object.values(redactedKeys).flatMap((keys) => keys.whole));
const parts: readonly string[] = Object.values(redactedKeys).flatMap((keys): readonly string[] => keys.part);
const decided = new Map<string, boolean>();

function isRedacted(key: string): boolean {
  let answer = decided.get(key);
  if (answer === undefined) {
    const plain = key.toLowerCase().replace(/[_-]/g, '');
    answer = whole.has(plain) || parts.some((part) => plain.includes(part));
    // Keys may come from strangers' objects; what is kept of them is bounded.
    if (decided.size < 2_000) decided.set(key, answer);
  }
  return answer;
}

/** A copy of `fields` fit for a log line: no field of a redacted class at any depth, bounded in depth and length. */
export function redact(fields: object): Record<string, unknown> {
  return redactedObject(fields, 0);
}

function redactedObject(source: object, depth: number): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  let count = 0;
  for (const [key, value] of Object.entries(source)) {
    if (++count > MAX_ITEMS) break;
    result[key] = isRedacted(key) && value !== undefined && value !== null ? REDACTED : redactedValue(value, depth + 1);
  }
  return result;
}

function redactedValue(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return value.length > MAX_TEXT ? `${value.slice(0, MAX_TEXT)}…` : value;
  if (typeof value === 'bigint') return value.toString();
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  if (depth > MAX_DEPTH) return '[deep]';
  if (isError(value)) return errorFields(value, depth);
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return '[bytes]';
  if (Array.isArray(value)) return value.slice(0, MAX_ITEMS).map((item) => redactedValue(item, depth + 1));
  if (value instanceof Map || value instanceof Set) return `[${value.constructor.name} of ${value.size}]`;
  return redactedObject(value, depth);
}

/** Fields of PostgreSQL's errors that quote values of rows; the others name tables and constraints and are useful. */
const quoting = new Set(['detail', 'where', 'internalquery', 'query', 'hint', 'params', 'fields', 'response', 'request', 'config']);

function errorFields(error: Error, depth: number): Record<string, unknown> {
  const own: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(error)) {
    // A refusal from a table of errors: its code and status say which; the schema of its parameters is no news.
    if (key === 'definition') {
      const { code, status } = value as { code?: unknown; status?: unknown };
      Object.assign(own, { code, status });
      continue;
    }
    if (key === 'name') continue; // the same as `type`
    // An error's code (ECONNREFUSED, 23505) is no one-time code.
    if (key === 'code' || (!quoting.has(key.toLowerCase()) && !isRedacted(key))) own[key] = redactedValue(value, depth + 1);
  }
  return {
    ...own,
    type: error.name,
    message: redactedValue(error.message, depth),
    stack: redactedValue(error.stack, depth),
    ...(error.cause !== undefined && { cause: redactedValue(error.cause, depth + 1) }),
  };
}

const patterns: ReadonlyArray<readonly [hint: string, pattern: RegExp]> = [
  ['eyJ', /eyJ[\w-]{8,}\.[\w-]*(?:\.[\w-]*)?/g],
  ['@', /[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}/g],
  ['earer ', /[Bb]earer [\w.~+/-]{8,}=*/g],
  ['+', /\+\d[\d -]{8,16}\d/g],
  ['://', /(?<=:\/\/)[^\s/"\\@:]{1,128}:[^\s/"\\@]{1,128}(?=@)/g],
];

/**
 * The last look at a finished line, for what stood inside a sentence (an exception that quotes its input): tokens,
 * mail addresses, phone numbers, passwords of connection strings. Nothing it replaces can hold a quote or backslash.
 */
export function scrub(line: string): string {
  let result = line;
  for (const [hint, pattern] of patterns) if (result.includes(hint)) result = result.replace(pattern, REDACTED);
  return result;
}
