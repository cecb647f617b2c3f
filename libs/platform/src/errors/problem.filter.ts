import { ServerResponse } from 'node:http';
import { platformErrors } from '@muster/contracts/kernel/problem';
import { Catch, Logger, NotFoundException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sendProblem } from '../http/adapter';
import { contractOf, isInternal, replyOf } from '../http/request-marks';
import { ServedRoutes } from '../http/served-routes';
import { currentTraceId } from '../tracing/traceparent';
import { AppError } from './app-error';
import { refusalOf } from './problem-of';

/** Turns whatever was thrown into a problem document. What is not ours to tell is logged and answered without a word. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger(ProblemFilter.name);

  constructor(private readonly routes: ServedRoutes) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const reply = answerOf(host);
    if (!reply || reply.sent) {
      this.logger.error({ err: error }, 'failed after the answer was sent');
      return;
    }
    const { request } = reply;
    const refusal = this.methodRefusal(error, request, reply) ?? refusalOf(error);
    this.note(refusal, request);
    sendProblem(reply, refusal, request, currentTraceId() ?? request.id);
  }

  private methodRefusal(error: unknown, request: FastifyRequest, reply: FastifyReply): AppError | undefined {
    if (!(error instanceof NotFoundException) || request.routeOptions.url !== undefined) return undefined;
    const methods = this.routes.methodsOf(request.url.split('?', 1)[0] ?? '/', isInternal(request.raw));
    if (methods.length === 0) return undefined;
    void reply.header('allow', methods.join(', '));
    return new AppError(platformErrors.methodNotAllowed);
  }

  /** 4xx are the client's affair and in the request line; 503 says which part failed; anything else is a mistake of ours. */
  private note(refusal: AppError, request: FastifyRequest): void {
    const route = contractOf(request)?.id ?? request.routeOptions.url;
    if (refusal.definition.status === 500) this.logger.error({ err: refusal.cause ?? refusal, route }, 'request failed');
    else if (refusal.cause !== undefined && refusal.definition.status >= 500) {
      this.logger.warn({ err: refusal.cause, route, problem: refusal.definition.code }, 'request refused, a part did not answer');
    }
  }
}

/** Middleware runs on Node's own response, everything else on Fastify's. */
function answerOf(host: ArgumentsHost): FastifyReply | undefined {
  const response = host.switchToHttp().getResponse<FastifyReply | ServerResponse>();
  return response instanceof ServerResponse ? replyOf(response) : response;
}
