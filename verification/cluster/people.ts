// Makes accounts in the cluster the way people do: by the form, the code in their mail, the hat and the profile.
import { mailpit } from '../smoke/mailbox';
import type { Cluster } from './cluster';
import { Forward } from './forward';

const PASSWORD = 'a long enough password';
const NAGPUR = '1262180';

export type Hat = 'worker' | 'contractor';

export interface Account {
  readonly email: string;
  readonly password: string;
  readonly hat: Hat;
}

export interface SignedIn extends Account {
  readonly token: string;
}

/** Web app and mailbox of the cluster on loopback. */
export class Doorway {
  private constructor(
    private readonly web: Forward,
    private readonly mail: Forward,
  ) {}

  static async open(cluster: Cluster): Promise<Doorway> {
    return new Doorway(await Forward.open(cluster, cluster.named('web'), 8080), await Forward.open(cluster, `${cluster.backing}-mailpit`, 8025));
  }

  get origin(): string {
    return this.web.origin;
  }

  close(): void {
    this.web.close();
    this.mail.close();
  }

  async signUp(email: string, hat: Hat): Promise<SignedIn> {
    await this.must('POST', '/auth/sign-up', { email, password: PASSWORD, dateOfBirth: '1990-05-17' });
    const { accessToken } = await this.must<{ accessToken: string }>('POST', '/auth/sign-up/confirm', { email, code: await mailpit(this.mail.origin).codeFor(email) });
    await this.must('PUT', `/auth/account/hats/${hat}`, {}, accessToken);
    const account = { email, password: PASSWORD, hat };
    const token = await this.signIn(account);
    if (hat === 'contractor') await this.must('PUT', '/users/me/contractor-profile', { displayName: 'Nagpur Builders' }, token);
    else await this.makeFindable(token);
    return { ...account, token };
  }

  /** A new access token. */
  async signIn({ email, password }: Account): Promise<string> {
    return (await this.must<{ accessToken: string }>('POST', '/auth/sign-in', { email, password })).accessToken;
  }

  ask(method: string, path: string, body?: unknown, token?: string): Promise<Response> {
    return fetch(`${this.origin}/api/v1${path}`, {
      method,
      signal: AbortSignal.timeout(30_000),
      headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...(token && { authorization: `Bearer ${token}` }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  }

  private async makeFindable(token: string): Promise<void> {
    await this.must('PUT', '/users/me/worker-profile', {
      displayName: 'Ramesh', placeId: NAGPUR, travelRadiusKm: 30, skills: [{ trade: 'mason', level: 3, years: 8 }],
      dayRate: { amount: 80_000, currency: 'INR' }, languages: ['hi'],
    }, token);
    await this.must('PUT', '/users/me/availability', { weekly: [1, 2, 3, 4, 5, 6, 7], exceptions: [] }, token);
  }

  private async must<Body>(method: string, path: string, body?: unknown, token?: string): Promise<Body> {
    const answer = await this.ask(method, path, body, token);
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text.slice(0, 300)}`);
    return (text === '' ? undefined : JSON.parse(text)) as Body;
  }
}
