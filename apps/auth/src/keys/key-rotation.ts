import { Inject, Injectable } from '@nestjs/common';
import { DAY_MS } from '@muster/contracts/kernel/civil-time';
import { CONFIG } from '@muster/platform/config/define-config';
import type { Tx } from '@muster/platform/database/database';
import type { AuthEnv } from '../config';
import { isDue, PUBLISHED_AFTER_SECONDS, retired } from './key.rules';
import { KeysRepository } from './keys.repository';
import { RefreshKeys } from './refresh-keys';
import { SigningKeys } from './signing-keys';

@Injectable()
export class KeyRotation {
  constructor(
    private readonly repository: KeysRepository,
    private readonly signing: SigningKeys,
    private readonly refresh: RefreshKeys,
    @Inject(CONFIG) private readonly config: AuthEnv,
  ) {}

  /** Adds successors of keys that are old enough, and removes keys under which nothing good can be signed any more. */
  async rotate(tx: Tx, now: Date): Promise<void> {
    await this.signing.current();
    await this.refresh.current();
    const days = this.config.KEY_DAYS;
    const past = new Date(now.getTime() - PUBLISHED_AFTER_SECONDS * 1000);
    const signing = (await this.repository.signingKeys()).map((row) => ({ id: row.kid, activeFrom: row.active_from }));
    if (isDue(signing, now, days)) await this.signing.add(tx);
    await this.repository.removeSigning(tx, retired(signing, past).map((key) => key.id));

    const refresh = (await this.repository.refreshKeys()).map((row) => ({ id: row.key_id, activeFrom: row.active_from }));
    if (isDue(refresh, now, days)) await this.refresh.add(tx);
    // A session may hold, and a thief may show, a token signed at any time since it began; none is older than this.
    const since = new Date(past.getTime() - this.config.SESSION_MAX_DAYS * DAY_MS);
    await this.repository.removeRefresh(tx, retired(refresh, since).map((key) => key.id));
  }
}
