import { randomInt, timingSafeEqual } from 'node:crypto';
import { authErrors } from '@muster/contracts/auth/errors';
import type { PersonId } from '@muster/contracts/kernel/ids';
import { Clock } from '@muster/platform/clock/clock';
import { Database, type Tx } from '@muster/platform/database/database';
import { AppError } from '@muster/platform/errors/app-error';
import { newId } from '@muster/platform/kernel/ids';
import { Injectable } from '@nestjs/common';
import { Secrets } from '../secrets/secrets';
import { askerOf, codeOf, CODE_SECONDS, oneMoreCode, type TriedCode } from './code.rules';
import { CodesRepository } from './codes.repository';

export interface CodeFor {
  readonly purpose: 'sign_up';
  readonly emailKey: string;
  /** The secret that the browser was given when it asked. */
  readonly browser: string;
}

/** One-time codes of six digits, valid for ten minutes and three tries; the database stores only their MAC. */
@Injectable()
export class OneTimeCodes {
  constructor(
    private readonly codes: CodesRepository,
    private readonly secrets: Secrets,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Counts one more code for the address, asked for from a network. @throws AppError auth.codes_used_up */
  async reserveCode(emailKey: string, network: string): Promise<void> {
    const now = this.clock.now();
    const asked = this.secrets.macOf('login', `${emailKey} from ${askerOf(network)}`);
    const login = this.secrets.macOf('login', emailKey);
    const quota = await this.database.transaction(async (tx) => {
      const sent = { network: await this.codes.lockQuota(tx, asked, now), address: await this.codes.lockQuota(tx, login, now) };
      const decision = oneMoreCode(sent, now);
      if (!decision.allowed) return decision;
      await this.codes.saveQuota(tx, asked, decision.sent.network, now);
      await this.codes.saveQuota(tx, login, decision.sent.address, now);
      return decision;
    });
    if (quota.allowed) return;
    const { limit, retryAfterSeconds } = quota;
    throw new AppError(authErrors.codesUsedUp, { limit, retryAfterSeconds }, { retryAfterSeconds });
  }

  /** Makes a code and returns it in clear text for the mail. */
  async issueCode(tx: Tx, { purpose, emailKey, browser }: CodeFor, personId: PersonId): Promise<string> {
    const now = this.clock.now();
    const codeId = newId();
    const code = codeOf(randomInt(1_000_000));
    await this.codes.insertCode(tx, {
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

  /**
   * Moves the codes that a browser asked for earlier to its new secret. Codes for the same address then confirm the
   * latest sign-up, whose password is the one that was typed last.
   */
  async transferCodes(tx: Tx, from: string, to: CodeFor, personId: PersonId): Promise<void> {
    const { purpose, emailKey, browser } = to;
    await this.codes.transferCodes(tx, this.browserMac(from), { purpose, emailKey, browser: this.browserMac(browser), personId });
  }

  /**
   * Finds the code that was typed. Only codes that this browser asked for are tried, so that a stranger's guesses never
   * count against somebody else's sign-up and no code confirms a password that was chosen in another browser.
   *
   * @throws AppError auth.ask_for_code_here when the browser has asked for none, auth.code_not_right for any other
   * reason
   */
  async matchCode({ purpose, emailKey, browser }: Omit<CodeFor, 'browser'> & { browser: string | null }, given: string): Promise<TriedCode> {
    if (browser === null) throw new AppError(authErrors.askForCodeHere);
    const { asked, tried } = await this.codes.countTry(purpose, emailKey, this.browserMac(browser), this.clock.now());
    if (!asked) throw new AppError(authErrors.askForCodeHere);
    const matching = tried.filter(({ codeId, mac }) => timingSafeEqual(mac, this.macOf(codeId, given)));
    if (!matching[0]) throw new AppError(authErrors.codeNotRight);
    return matching[0];
  }

  /**
   * Uses the code and returns whose sign-up it confirms. @throws AppError auth.code_not_right when somebody else used
   * it first
   */
  async useCode(tx: Tx, code: TriedCode): Promise<PersonId> {
    const personId = await this.codes.markCodeUsed(tx, code.codeId, this.clock.now());
    if (personId === undefined) throw new AppError(authErrors.codeNotRight);
    return personId;
  }

  private macOf(codeId: string, code: string): Buffer {
    return this.secrets.macOf('code', `${codeId}.${code}`);
  }

  private browserMac(browser: string): Buffer {
    return this.secrets.macOf('browser', browser);
  }
}
