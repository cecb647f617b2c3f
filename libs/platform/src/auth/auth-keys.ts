import { readKeys, readRevocations, type RevocationMessage } from '@muster/contracts/kernel/internal';
import { Inject, Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import type { JWK } from 'jose';
import { InternalClient } from '../internal/internal-client';
import { GIVEN_AUTH_KEYS } from '../service/drivers';
import { AUTH_KEY_SOURCE, type AuthKeySource, type RevocationPosition } from './key-source';

/** Auth's own source where the service provides one, auth's internal routes everywhere else. */
@Injectable()
export class KeySource implements AuthKeySource {
  private chosen: readonly AuthKeySource[] | undefined;

  constructor(
    private readonly modules: ModuleRef,
    private readonly client: InternalClient,
    @Inject(GIVEN_AUTH_KEYS) private readonly given: AuthKeySource | null,
  ) {}

  async keys(): Promise<readonly JWK[]> {
    return (await Promise.all(this.sources().map((source) => source.keys()))).flat();
  }

  async revocationsAfter(position?: RevocationPosition): Promise<RevocationMessage> {
    return (this.sources()[0] ?? remote(this.client)).revocationsAfter(position);
  }

  // Looked up at the first use, when every module of the service is there.
  private sources(): readonly AuthKeySource[] {
    if (!this.chosen) {
      const own = [this.provided(), this.given].filter((source) => source !== undefined && source !== null);
      this.chosen = own.length > 0 ? own : [remote(this.client)];
    }
    return this.chosen;
  }

  private provided(): AuthKeySource | undefined {
    try {
      return this.modules.get<AuthKeySource>(AUTH_KEY_SOURCE, { strict: false });
    } catch {
      return undefined;
    }
  }
}

function remote(client: InternalClient): AuthKeySource {
  return {
    keys: async () => (await client.call(readKeys, 'auth')).keys as JWK[],
    revocationsAfter: (position) =>
      client.call(readRevocations, 'auth', {
        query: position ? { after: position.sequence, epoch: position.epoch } : {},
      }),
  };
}
