import { Logger, type LoggerService } from '@nestjs/common';
import { Logger as NestPinoLogger } from 'nestjs-pino';
import type { RootLogger } from './logger';

/** Loggers of Nest's own start, which prints a line for each module and route. */
const framework = new Set(['NestFactory', 'InstanceLoader', 'RoutesResolver', 'RouterExplorer', 'NestApplication']);

/**
 * The lines of Nest and of every `new Logger(Inbox.name)`, of which `logger.warn({ consumer }, 'parked an aggregate')`
 * is asked: a fixed sentence as the message, what varies as fields.
 */
class NestLogger extends NestPinoLogger {
  override log(message: unknown, ...rest: unknown[]): void {
    if (framework.has(String(rest.at(-1)))) this.debug(message, ...rest);
    else super.log(message, ...rest);
  }
}

/**
 * From now on prints what goes through Nest's Logger with `logger`. Nest has one such logger for the whole process;
 * five services in one process may each set theirs, since a line's service comes from the scope of the work.
 *
 * To be called before anything can log, and instead of Nest's `bufferLogs`, which gathers lines for a later logger: an
 * application over HTTP never prints what was gathered.
 */
export function printNestLogs(logger: RootLogger): void {
  // Its methods are all that NestPinoLogger asks for; nestjs-pino's own PinoLogger remembers the process's first one.
  const printed: LoggerService = new NestLogger(logger as never, {});
  Logger.overrideLogger(printed);
  Logger.flush();
}
