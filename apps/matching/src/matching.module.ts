import { Module } from '@nestjs/common';
import { AssignmentsModule } from './assignments/assignments.module';
import { CancellationsModule } from './cancellations/cancellations.module';
import { InvitesModule } from './invites/invites.module';
import { JobsModule } from './jobs/jobs.module';
import { SearchModule } from './search/search.module';
import { SiteModule } from './site/site.module';

@Module({ imports: [AssignmentsModule, CancellationsModule, InvitesModule, JobsModule, SearchModule, SiteModule] })
export class MatchingModule {}
