import type { RevocationMessage } from '@muster/contracts/kernel/internal';
import type { AuthKeySource, RevocationPosition } from '@muster/platform/auth/key-source';
import { Injectable } from '@nestjs/common';
import type { JWK } from 'jose';
import { RevocationFeed } from '../revocations/revocation-feed';
import { SigningKeys } from './signing-keys';

/** Gives auth its own keys and revocations directly, so that it verifies tokens without a request to itself. */
@Injectable()
export class OwnKeySource implements AuthKeySource {
  constructor(
    private readonly signingKeys: SigningKeys,
    private readonly feed: RevocationFeed,
  ) {}

  keys(): Promise<readonly JWK[]> {
    return this.signingKeys.publicKeys();
  }

  revocationsAfter(position?: RevocationPosition): Promise<RevocationMessage> {
    return this.feed.revocationsAfter(position);
  }
}
