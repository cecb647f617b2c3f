import { lookAround, readTerminal } from '@muster/contracts/auth/routes';
import { platformErrors } from '@muster/contracts/kernel/problem';
import type { InputOf, OutputOf } from '@muster/contracts/kernel/route';
import { AppError } from '@muster/platform/errors/app-error';
import { ClientAddress, Handle, Input } from '@muster/platform/http/handle';
import { Controller, Req, Res } from '@nestjs/common';
import { emailKeyOf } from '../accounts/account.rules';
import { deviceOf } from '../sessions/device.rules';
import type { IncomingRequest, OutgoingReply } from '../sessions/exchange';
import { SignIn } from '../sessions/sign-in';
import { TokenIssuer, type Admitted } from '../sessions/token-issuer';
import { Terminal } from '../terminal/terminal';
import { Guests } from './guests';

@Controller()
export class TerminalController {
  constructor(
    private readonly terminal: Terminal,
    private readonly guests: Guests,
    private readonly signIns: SignIn,
    private readonly issuer: TokenIssuer,
  ) {}

  @Handle(readTerminal)
  async read(@Req() request: IncomingRequest): Promise<OutputOf<typeof readTerminal>> {
    const isOpen = this.terminal.mayLook(request);
    return { isOpen, keepsMail: this.terminal.keepsMail(request), guests: isOpen ? this.guests.hats : [] };
  }

  @Handle(lookAround)
  async lookAround(
    @Input(lookAround) { body }: InputOf<typeof lookAround>,
    @ClientAddress() network: string,
    @Req() request: IncomingRequest,
    @Res({ passthrough: true }) reply: OutgoingReply,
  ): Promise<OutputOf<typeof lookAround>> {
    const device = deviceOf(request.headers['user-agent']);
    return this.issuer.issueTokens({ path: 'lookAround', login: null, network }, { request, reply }, async (): Promise<Admitted> => {
      this.terminal.assertMayLook(request);
      const email = this.guests.emailOf(body.as);
      if (email === undefined) throw new AppError(platformErrors.notFound);
      return this.signIns.signInGuest(emailKeyOf(email), device);
    });
  }
}
