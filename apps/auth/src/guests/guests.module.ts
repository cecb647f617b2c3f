import { Module } from '@nestjs/common';
import { SessionsModule } from '../sessions/sessions.module';
import { TerminalModule } from '../terminal/terminal.module';
import { Guests } from './guests';
import { TerminalController } from './terminal.controller';

@Module({
  imports: [SessionsModule, TerminalModule],
  controllers: [TerminalController],
  providers: [Guests],
})
export class GuestsModule {}
