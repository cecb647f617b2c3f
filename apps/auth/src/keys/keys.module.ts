import { AUTH_KEY_SOURCE } from '@muster/platform/auth/key-source';
import { Module } from '@nestjs/common';
import { RevocationsModule } from '../revocations/revocations.module';
import { SecretsModule } from '../secrets/secrets.module';
import { AccessTokens } from './access-tokens';
import { KeyLifecycle } from './key-lifecycle';
import { KeysController } from './keys.controller';
import { KeysRepository } from './keys.repository';
import { OwnKeySource } from './own-key-source';
import { RefreshKeys } from './refresh-keys';
import { RotateKeys } from './rotate-keys';
import { SigningKeys } from './signing-keys';

@Module({
  imports: [RevocationsModule, SecretsModule],
  controllers: [KeysController],
  providers: [
    AccessTokens,
    KeyLifecycle,
    KeysRepository,
    OwnKeySource,
    RefreshKeys,
    RotateKeys,
    SigningKeys,
    { provide: AUTH_KEY_SOURCE, useExisting: OwnKeySource },
  ],
  exports: [AccessTokens, RefreshKeys],
})
export class KeysModule {}
