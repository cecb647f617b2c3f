import { Injectable } from '@nestjs/common';
import type { Tx } from '@muster/platform/database/database';
import { SessionsRepository } from '../sessions/sessions.repository';
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
    private readonly sessions: SessionsRepository,
  ) {}

  /** Adds successors of keys that are old enough, and removes keys under which nothing good can be signed any more. */
  async rotate(tx: Tx, now: Date, days: number): Promise<void> {
    await this.signing.current();
    await this.refresh.current();
    const past = new Date(now.getTime() - PUBLISHED_AFTER_SECONDS * 1000);
    const signing = (await this.repository.signingKeys()).map((row) => ({ id: row.kid, activeFrom: row.active_from }));
    if (isDue(signing, now, days)) await this.signing.add(tx);
    await this.repository.removeSigning(tx, retired(signing, past).map((key) => key.id));

    const refresh = (await this.repository.refreshKeys()).map((row) => ({ id: row.key_id, activeFrom: row.active_from }));
    if (isDue(refresh, now, days)) await this.refresh.add(tx);
    // A session may hold, and a thief may show, a token signed at any time since it began.
    const oldest = (await this.sessions.oldestStart(tx)) ?? past;
    const since = oldest < past ? oldest : past;
    await this.repository.removeRefresh(tx, retired(refresh, since).map((key) => key.id));
  }
}
