import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module';
import { SessionsModule } from '../sessions/sessions.module';
import { SignUpController } from './sign-up.controller';

@Module({ imports: [AccountsModule, SessionsModule], controllers: [SignUpController] })
export class SignUpModule {}
