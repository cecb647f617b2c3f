import { DAY_MS } from '@muster/contracts/kernel/civil-time';
import { CONFIG } from '@muster/platform/config/define-config';
import type { Tx } from '@muster/platform/database/database';
import { Inject, Injectable } from '@nestjs/common';
import type { AuthEnv } from '../config';
import { isDue, PUBLISHED_AFTER_SECONDS, retired } from './key.rules';
import { KeysRepository } from './keys.repository';
import { RefreshKeys } from './refresh-keys';
import { SigningKeys } from './signing-keys';

@Injectable()
export class KeyLifecycle {
  constructor(
    private readonly repository: KeysRepository,
    private readonly signing: SigningKeys,
    private readonly refresh: RefreshKeys,
    @Inject(CONFIG) private readonly config: AuthEnv,
  ) {}

  /** Adds successors of keys that are old enough, and removes keys of which no valid token is left. */
  async renewKeys(tx: Tx, now: Date): Promise<void> {
    await this.signing.currentKey();
    await this.refresh.currentKey();
    const days = this.config.KEY_DAYS;
    const past = new Date(now.getTime() - PUBLISHED_AFTER_SECONDS * 1000);
    const signing = (await this.repository.listSigningKeys()).map((row) => ({ id: row.kid, activeFrom: row.active_from }));
    if (isDue(signing, now, days)) await this.signing.addKey(tx);
    await this.repository.deleteSigningKeys(tx, retired(signing, past).map((key) => key.id));

    const refresh = (await this.repository.listRefreshKeys()).map((row) => ({ id: row.key_id, activeFrom: row.active_from }));
    if (isDue(refresh, now, days)) await this.refresh.addKey(tx);
    // A session, or a thief, may present a token that was signed at any time since the session began; no session is
    // older than this.
    const since = new Date(past.getTime() - this.config.SESSION_MAX_DAYS * DAY_MS);
    await this.repository.deleteRefreshKeys(tx, retired(refresh, since).map((key) => key.id));
  }
}
