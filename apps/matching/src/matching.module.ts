import { Module } from '@nestjs/common';
import { InvitesModule } from './invites/invites.module';
import { JobsModule } from './jobs/jobs.module';
import { SearchModule } from './search/search.module';

@Module({ imports: [InvitesModule, JobsModule, SearchModule] })
export class MatchingModule {}
