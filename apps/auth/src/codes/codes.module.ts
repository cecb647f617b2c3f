import { Module } from '@nestjs/common';
import { SecretsModule } from '../secrets/secrets.module';
import { CodeCleanup } from './code-cleanup';
import { CodesRepository } from './codes.repository';
import { OneTimeCodes } from './one-time-codes';

@Module({
  imports: [SecretsModule],
  providers: [CodeCleanup, CodesRepository, OneTimeCodes],
  exports: [CodeCleanup, OneTimeCodes],
})
export class CodesModule {}
