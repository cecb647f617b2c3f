import { Module } from '@nestjs/common';
import { AssignmentsModule } from '../assignments/assignments.module';
import { InvitesModule } from '../invites/invites.module';
import { JobsModule } from '../jobs/jobs.module';
import { WorkersModule } from '../workers/workers.module';
import { CancelJob } from './cancel-job';
import { CancellationsController } from './cancellations.controller';
import { DropOut } from './drop-out';
import { FreeSlot } from './free-slot';

/** Whatever ends an agreed assignment before its time; it stands on jobs, invites and assignments, and nothing stands on it. */
@Module({
  imports: [AssignmentsModule, InvitesModule, JobsModule, WorkersModule],
  controllers: [CancellationsController],
  providers: [CancelJob, DropOut, FreeSlot],
})
export class CancellationsModule {}
