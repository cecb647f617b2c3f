import { Module } from '@nestjs/common';
import { InboxModule } from './inbox/inbox.module';
import { PreferencesModule } from './preferences/preferences.module';

@Module({ imports: [InboxModule, PreferencesModule] })
export class NotificationModule {}
