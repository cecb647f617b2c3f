import { randomBytes } from 'node:crypto';
import { confirmSignUp, signUp } from '@muster/contracts/auth/routes';
import type { InputOf, OutputOf } from '@muster/contracts/kernel/route';
import { Clock } from '@muster/platform/clock/clock';
import { ClientAddress, Handle, Input } from '@muster/platform/http/handle';
import { Controller, Req, Res } from '@nestjs/common';
import { emailKeyOf } from '../accounts/account.rules';
import { ConfirmSignUp } from '../accounts/confirm-sign-up';
import { SignUp } from '../accounts/sign-up';
import { CODE_LENGTH, CODE_SECONDS } from '../codes/code.rules';
import { browserCookieOf, setBrowserCookie } from '../sessions/cookies';
import { deviceOf } from '../sessions/device.rules';
import type { IncomingRequest, OutgoingReply } from '../sessions/exchange';
import { SessionOpener } from '../sessions/session-opener';
import { TokenIssuer, type Admitted } from '../sessions/token-issuer';

@Controller()
export class SignUpController {
  constructor(
    private readonly signUps: SignUp,
    private readonly confirmations: ConfirmSignUp,
    private readonly opener: SessionOpener,
    private readonly issuer: TokenIssuer,
    private readonly clock: Clock,
  ) {}

  @Handle(signUp)
  async signUp(
    @Input(signUp) { body }: InputOf<typeof signUp>,
    @ClientAddress() network: string,
    @Req() request: IncomingRequest,
    @Res({ passthrough: true }) reply: OutgoingReply,
  ): Promise<OutputOf<typeof signUp>> {
    // The browser gets a new secret each time, so that nobody who used it earlier or copied its cookie can confirm this
    // sign-up.
    const browser = randomBytes(24).toString('base64url');
    await this.signUps.execute(body, { browser, before: browserCookieOf(request.headers.cookie), network }, this.clock.now());
    reply.header('set-cookie', setBrowserCookie(browser));
    return { codeLength: CODE_LENGTH, validForSeconds: CODE_SECONDS };
  }

  @Handle(confirmSignUp)
  async confirm(
    @Input(confirmSignUp) { body }: InputOf<typeof confirmSignUp>,
    @ClientAddress() network: string,
    @Req() request: IncomingRequest,
    @Res({ passthrough: true }) reply: OutgoingReply,
  ): Promise<OutputOf<typeof confirmSignUp>> {
    const emailKey = emailKeyOf(body.email);
    const browser = browserCookieOf(request.headers.cookie);
    const device = deviceOf(request.headers['user-agent']);
    // Wrong codes count against the sign-up of this browser, never against the address, which a stranger may have typed.
    const login = browser === null ? null : `${emailKey} in ${browser}`;
    return this.issuer.issueTokens({ path: 'confirmSignUp', login, network }, { request, reply }, () =>
      this.confirmations.execute({ emailKey, code: body.code, browser }, async (tx, holder): Promise<Admitted> => {
        return { holder, held: await this.opener.openSession(tx, holder.personId, device) };
      }),
    );
  }
}
