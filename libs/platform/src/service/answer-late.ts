import type { ServerResponse } from 'node:http';
import { platformErrors } from '@muster/contracts/kernel/problem';
import type { FastifyReply } from 'fastify';
import { AppError } from '../errors/app-error';
import { sendProblem } from '../http/adapter';
import { replyOf } from '../http/request-marks';
import { routeOf, scopeOf } from '../tracing/install-request-scope';

/**
 * Answers a request that has not arrived whole in its time. Whose fault that is nobody knows, but it is not ours: it
 * counts as the client's.
 */
export function answerUnfinished(response: ServerResponse): void {
  const reply = replyOf(response);
  if (!reply || reply.sent || response.headersSent || reply.request.raw.complete) return;
  answerWith(reply, new AppError(platformErrors.requestTooSlow));
}

/**
 * Answers a request whose time is up in place of its handler. The handler is not stopped, nobody can stop it: what it
 * waits for has its own limits (statements, outbound calls), and what it answers then is dropped.
 *
 * @returns the route; undefined when the answer has begun, or the request has not come whole
 */
export function answerLate(response: ServerResponse): string | undefined {
  const reply = replyOf(response);
  if (!reply || reply.sent || response.headersSent) return undefined;
  if (!reply.request.raw.complete) {
    answerUnfinished(response);
    return undefined;
  }
  answerWith(reply, new AppError(platformErrors.unavailable, {}, { retryAfterSeconds: 1 }));
  return routeOf(reply.request);
}

function answerWith(reply: FastifyReply, refusal: AppError): void {
  const { request } = reply;
  // The rest of a body that came too slowly would be read as the next request, so the connection is closed.
  if (!request.raw.complete) void reply.header('connection', 'close');
  sendProblem(reply, refusal, request, scopeOf(request).traceparent?.slice(3, 35) ?? request.id);
}
