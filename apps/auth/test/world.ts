import { signOut, type AuthWorld } from '@muster/contracts/auth/routes';
import { commonRoutes, routes } from '@muster/contracts/catalogue';
import type { SessionId } from '@muster/contracts/kernel/ids';
import type { ContractWorld } from '@muster/platform/testing/generated/contract-world';
import { contractOf } from '@muster/platform/testing/generated/describe-contract';
import type { TestPerson } from '@muster/platform/testing/http';
import type { TestService } from '@muster/platform/testing/start-service';
import { Guests } from '../src/guests/guests';
import { askInNewBrowser, becomeMember, codeFor, newEmail, ORIGIN, PASSWORD, signInAgain, TERMINAL_COOKIE, startAuth, type Member } from './start-auth';

/** The world of auth's examples: `person` has signed up at the service and is signed in there. */
export class AuthTestWorld implements AuthWorld {
  private constructor(
    private readonly auth: TestService,
    private readonly member: Member,
  ) {}

  static async make(auth: TestService): Promise<AuthTestWorld> {
    return new AuthTestWorld(auth, await becomeMember(auth));
  }

  readonly aggregate = 'account';

  /** Tokens may be signed for them. */
  get people(): { readonly person: TestPerson } {
    const { personId, sessionId, roles } = this.member;
    return { person: { personId, sessionId, roles } };
  }

  async unusedEmail(): Promise<string> {
    return newEmail();
  }

  async pendingSignUp(): Promise<{ email: string; code: string; browserCookie: string }> {
    const email = newEmail();
    const browserCookie = await askInNewBrowser(this.auth, email);
    return { email, code: await codeFor(this.auth, email), browserCookie };
  }

  async credentials(): Promise<{ email: string; password: string }> {
    return { email: this.member.email, password: PASSWORD };
  }

  async refreshCookie(): Promise<string> {
    return (await signInAgain(this.auth, this.member.email)).cookie;
  }

  origin(): string {
    return ORIGIN;
  }

  terminalCookie(): string {
    return TERMINAL_COOKIE;
  }

  async guest(): Promise<'worker'> {
    this.auth.app.get(Guests, { strict: false }).inviteGuests(new Map([['worker', this.member.email]]));
    return 'worker';
  }

  async otherSession(): Promise<SessionId> {
    return (await signInAgain(this.auth, this.member.email)).sessionId;
  }
}

export const authContract = () =>
  contractOf('auth', [...routes.auth, ...commonRoutes], async (): Promise<ContractWorld> => {
    const service = await startAuth();
    const world = await AuthTestWorld.make(service);
    const revoke = async (person: TestPerson): Promise<void> => {
      await service.http.call(signOut, { as: person });
    };
    return { service, world, people: world.people, revoke, another: () => becomeMember(service), close: () => service.close() };
  });
