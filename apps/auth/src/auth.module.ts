import { Module } from '@nestjs/common';
import { AccountsModule } from './accounts/accounts.module';
import { GuestsModule } from './guests/guests.module';
import { KeysModule } from './keys/keys.module';
import { RetentionModule } from './retention/retention.module';
import { SessionsModule } from './sessions/sessions.module';
import { SignUpModule } from './sign-up/sign-up.module';

@Module({ imports: [AccountsModule, GuestsModule, KeysModule, RetentionModule, SessionsModule, SignUpModule] })
export class AuthModule {}
