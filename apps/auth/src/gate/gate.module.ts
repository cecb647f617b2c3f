import { Module } from '@nestjs/common';
import { SecretsModule } from '../secrets/secrets.module';
import { GuessCleanup } from './guess-cleanup';
import { GuessesRepository } from './guesses.repository';
import { TokenGate } from './token-gate';

@Module({
  imports: [SecretsModule],
  providers: [GuessCleanup, GuessesRepository, TokenGate],
  exports: [GuessCleanup, TokenGate],
})
export class GateModule {}
