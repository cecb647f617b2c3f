import { Module, type DynamicModule } from '@nestjs/common';
import { LogController, type FastifyServerOptions } from 'fastify';
import { Logger as NestPinoLogger, LoggerModule } from 'nestjs-pino';
import { requestIdOf } from '../tracing/install-request-scope';
import type { RootLogger } from './logger';

/**
 * nestjs-pino on top of the service's own pino. Its middleware is bound to no route: what a line says about its
 * request comes from the scope, which is there anyway.
 */
@Module({})
export class LoggingModule {
  static forService(logger: RootLogger): DynamicModule {
    return {
      module: LoggingModule,
      global: true,
      imports: [LoggerModule.forRoot({ pinoHttp: { logger }, useExisting: true, forRoutes: [] })],
    };
  }
}

/**
 * `app.useLogger(app.get(NestLogger))` brings the framework's lines and every `new Logger(Inbox.name)` of Nest here, of
 * which `logger.warn({ consumer }, 'parked an aggregate')` is asked: a fixed sentence as the message, what varies as fields.
 */
export { NestPinoLogger as NestLogger };

type LoggingOptions = Pick<FastifyServerOptions, 'loggerInstance' | 'logController' | 'genReqId' | 'childLoggerFactory'>;

/** Options for the Fastify adapter: this logger, our request id, none of Fastify's two lines per request. */
export function fastifyLogging(logger: RootLogger): LoggingOptions {
  return {
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: requestIdOf,
    // A child per request would only add the id that the scope adds to every line.
    childLoggerFactory: (parent) => parent,
  };
}
