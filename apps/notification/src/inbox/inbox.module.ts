import { Module } from '@nestjs/common';
import { PreferencesModule } from '../preferences/preferences.module';
import { ForgetOldNotices } from './forget-old-notices';
import { InboxController } from './inbox.controller';
import { NoticeSnapshot } from './notice.snapshot';
import { NoticesRepository } from './notices.repository';
import { PostNotice } from './post-notice';
import { PostNoticeUntilMessageIsRead } from './post-notice-until-message-is-read';
import { PostNoticeWhenInviteTurns } from './post-notice-when-invite-turns';

@Module({
  imports: [PreferencesModule],
  controllers: [InboxController],
  providers: [NoticesRepository, NoticeSnapshot, ForgetOldNotices, PostNotice, PostNoticeWhenInviteTurns, PostNoticeUntilMessageIsRead],
})
export class InboxModule {}
