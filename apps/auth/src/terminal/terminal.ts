import { platformErrors } from '@muster/contracts/kernel/problem';
import { CONFIG } from '@muster/platform/config/define-config';
import { AppError } from '@muster/platform/errors/app-error';
import { Inject, Injectable } from '@nestjs/common';
import type { AuthEnv } from '../config';
import type { IncomingRequest } from '../sessions/exchange';
import { holdsTerminalCookie } from './terminal-cookie';
import { isAtThisMachine } from './terminal.policy';

/** Knows whether a request comes from the person at whose terminal this Muster runs. */
@Injectable()
export class Terminal {
  constructor(@Inject(CONFIG) private readonly config: AuthEnv) {}

  /** Whether the browser is at this machine and has opened the link of this start; false if there is no link. */
  mayLook(request: IncomingRequest): boolean {
    const secret = this.config.TERMINAL_SECRET;
    return secret !== undefined && isHere(request) && holdsTerminalCookie(request.headers.cookie, secret);
  }

  /** Whether mail waits here that the browser would see after opening the link. */
  keepsMail(request: IncomingRequest): boolean {
    return this.config.TERMINAL_SECRET !== undefined && this.config.MAIL_URL === 'outbox' && isHere(request);
  }

  /** @throws AppError platform.not_found for everybody else, so that strangers do not learn that the page exists */
  assertMayLook(request: IncomingRequest): void {
    if (!this.mayLook(request)) throw new AppError(platformErrors.notFound);
  }
}

function isHere({ raw, headers }: IncomingRequest): boolean {
  return isAtThisMachine({ peer: raw.socket.remoteAddress, headers });
}
