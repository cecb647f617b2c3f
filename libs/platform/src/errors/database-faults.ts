import { platformErrors } from '@muster/contracts/kernel/problem';
import { isError } from '../kernel/is-error';
import { AppError } from './app-error';

/**
 * SQLSTATE and Node codes that mean that the database (or a peer) cannot answer now: the same request may well
 * succeed in a moment. 08 connection, 53 resources, 55P03 lock timeout, 57 shutdown and statement timeout,
 * 40 serialization after the retries, 25P03/25P04 session ended while idle; 28 and 3D000 a database that takes no
 * sign-in (a password that is being changed) or is being restored.
 */
const passing = /^(08...|28...|3D000|53...|55P03|57014|57P0[1-5]|40001|40P01|25P0[34])$/;
const network = new Set(['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'EPIPE', 'ENOTFOUND', 'EAI_AGAIN', 'ENOENT', 'EHOSTUNREACH', 'UND_ERR_CONNECT_TIMEOUT', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT', 'UND_ERR_SOCKET']);
const poolWords = /Query read timeout|timeout exceeded when trying to connect|Connection terminated|Client was closed and is not queryable|Client has encountered a connection error|Cannot use a pool after calling end|is not currently accepting connections/;

/** 23505 unique, 23P01 exclusion: somebody else was first. */
const conflicts = new Set(['23505', '23P01']);

/**
 * Translates an error of the database or of the connection for a client; undefined if it is a mistake in the code. A
 * use case that knows its constraint catches the error and throws its own; this is the fallback.
 */
export function databaseFault(error: unknown): AppError | undefined {
  for (let fault = error, depth = 0; isError(fault) && depth < 5; fault = fault.cause, depth += 1) {
    const found = ofOne(fault);
    if (found) return found;
  }
  return undefined;
}

function ofOne(fault: Error & { code?: unknown; syscall?: unknown }): AppError | undefined {
  const code = typeof fault.code === 'string' ? fault.code : '';
  if (conflicts.has(code)) return new AppError(platformErrors.conflict, {}, { cause: fault });
  const isNetwork = network.has(code) && (code !== 'ENOENT' || fault.syscall === 'connect');
  if (passing.test(code) || isNetwork || poolWords.test(fault.message)) {
    return new AppError(platformErrors.unavailable, {}, { cause: fault, retryAfterSeconds: 1 });
  }
  return undefined;
}
