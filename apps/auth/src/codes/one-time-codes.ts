import { randomInt, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { authErrors } from '@muster/contracts/auth/errors';
import type { PersonId } from '@muster/contracts/kernel/ids';
import { Clock } from '@muster/platform/clock/clock';
import { Database, type Tx } from '@muster/platform/database/database';
import { AppError } from '@muster/platform/errors/app-error';
import { newId } from '@muster/platform/kernel/ids';
import { Secrets } from '../secrets/secrets';
import { codeOf, CODE_SECONDS, oneMoreCode, type TriedCode } from './code.rules';
import { CodesRepository } from './codes.repository';

export interface CodeFor {
  readonly purpose: 'sign_up';
  readonly emailKey: string;
  /** Of the browser that asks; null when it has none. */
  readonly browser: string | null;
}

/** Six digits, ten minutes, three tries; stored as a MAC. */
@Injectable()
export class OneTimeCodes {
  constructor(
    private readonly codes: CodesRepository,
    private readonly secrets: Secrets,
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Counts one more code for the address. @throws AppError auth.codes_used_up */
  async reserve(emailKey: string): Promise<void> {
    const now = this.clock.now();
    const login = this.secrets.mac('login', emailKey);
    const quota = await this.database.transaction(async (tx) => {
      const decision = oneMoreCode(await this.codes.lockQuota(tx, login, now), now);
      if (decision.allowed) await this.codes.saveQuota(tx, login, decision.sentAt, now);
      return decision;
    });
    if (quota.allowed) return;
    const { limit, retryAfterSeconds } = quota;
    throw new AppError(authErrors.codesUsedUp, { limit, retryAfterSeconds }, { retryAfterSeconds });
  }

  /** A new code in clear, for the mail. */
  async issue(tx: Tx, { purpose, emailKey, browser }: CodeFor, personId: PersonId): Promise<string> {
    const now = this.clock.now();
    const codeId = newId();
    const code = codeOf(randomInt(1_000_000));
    await this.codes.add(tx, {
      code_id: codeId,
      purpose,
      email_key: emailKey,
      person_id: personId,
      mac: this.macOf(codeId, code),
      browser: this.browserMac(browser),
      created_at: now,
      expires_at: new Date(now.getTime() + CODE_SECONDS * 1000),
    });
    return code;
  }

  /** The code that was meant. @throws AppError auth.code_not_right, for whatever reason */
  async match({ purpose, emailKey, browser }: CodeFor, given: string): Promise<TriedCode> {
    const tried = await this.codes.tryAll(purpose, emailKey, this.browserMac(browser), this.clock.now());
    const matching = tried.filter(({ codeId, mac }) => timingSafeEqual(mac, this.macOf(codeId, given)));
    if (!matching[0]) throw new AppError(authErrors.codeNotRight);
    return matching[0];
  }

  /** @throws AppError auth.code_not_right when somebody else was first */
  async use(tx: Tx, code: TriedCode): Promise<void> {
    if (!(await this.codes.use(tx, code.codeId, this.clock.now()))) throw new AppError(authErrors.codeNotRight);
  }

  private macOf(codeId: string, code: string): Buffer {
    return this.secrets.mac('code', `${codeId}.${code}`);
  }

  private browserMac(browser: string | null): Buffer | null {
    return browser === null ? null : this.secrets.mac('browser', browser);
  }
}
