import { LogController, type FastifyServerOptions } from 'fastify';
import { requestIdOf } from '../tracing/install-request-scope';
import type { RootLogger } from './logger';

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
