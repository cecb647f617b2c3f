import { readKeys, readRevocations } from '@muster/contracts/kernel/internal';
import type { InputOf, OutputOf } from '@muster/contracts/kernel/route';
import { Handle, Input } from '@muster/platform/http/handle';
import { Controller } from '@nestjs/common';
import { RevocationFeed } from '../revocations/revocation-feed';
import { SigningKeys } from './signing-keys';

/** Serves the keys and revocations by which the other services judge access tokens on their own. */
@Controller()
export class KeysController {
  constructor(
    private readonly keys: SigningKeys,
    private readonly feed: RevocationFeed,
  ) {}

  @Handle(readKeys)
  async readKeys(): Promise<OutputOf<typeof readKeys>> {
    return { keys: (await this.keys.publicKeys()).map((key) => ({ ...key })) };
  }

  @Handle(readRevocations)
  async readRevocations(@Input(readRevocations) { query }: InputOf<typeof readRevocations>): Promise<OutputOf<typeof readRevocations>> {
    const { after, epoch } = query;
    return this.feed.revocationsAfter(after === undefined || epoch === undefined ? undefined : { sequence: after, epoch });
  }
}
