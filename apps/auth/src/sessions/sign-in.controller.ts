import { signIn } from '@muster/contracts/auth/routes';
import type { InputOf, OutputOf } from '@muster/contracts/kernel/route';
import { ClientAddress, Handle, Input } from '@muster/platform/http/handle';
import { Controller, Req, Res } from '@nestjs/common';
import { emailKeyOf } from '../accounts/account.rules';
import { deviceOf } from './device.rules';
import type { IncomingRequest, OutgoingReply } from './exchange';
import { SignIn } from './sign-in';
import { TokenIssuer } from './token-issuer';

@Controller()
export class SignInController {
  constructor(
    private readonly issuer: TokenIssuer,
    private readonly credentials: SignIn,
  ) {}

  @Handle(signIn)
  async signIn(
    @Input(signIn) { body }: InputOf<typeof signIn>,
    @ClientAddress() network: string,
    @Req() request: IncomingRequest,
    @Res({ passthrough: true }) reply: OutgoingReply,
  ): Promise<OutputOf<typeof signIn>> {
    const login = emailKeyOf(body.email);
    const device = deviceOf(request.headers['user-agent']);
    return this.issuer.issueTokens({ path: 'signIn', login, network }, { request, reply }, () =>
      this.credentials.execute(login, body.password, device),
    );
  }
}
