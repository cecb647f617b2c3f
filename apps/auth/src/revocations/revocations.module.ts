import { Module } from '@nestjs/common';
import { RevocationCleanup } from './revocation-cleanup';
import { RevocationFeed } from './revocation-feed';
import { RevocationsRepository } from './revocations.repository';

@Module({
  providers: [RevocationCleanup, RevocationFeed, RevocationsRepository],
  exports: [RevocationCleanup, RevocationFeed],
})
export class RevocationsModule {}
