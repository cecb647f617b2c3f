import { Module } from '@nestjs/common';
import { SearchModule } from '../search/search.module';
import { StatesModule } from '../states/states.module';
import { WorkersModule } from '../workers/workers.module';
import { BeginJobWhenWorkBegins } from './begin-job-when-work-begins';
import { DescribeJob } from './describe-job';
import { DescribeJobController } from './describe-job.controller';
import { EndJobWhenWorkEnds } from './end-job-when-work-ends';
import { FreedPlaces } from './freed-places';
import { JobCounts } from './job-counts';
import { JobMoves } from './job-moves';
import { JobSnapshot } from './job.snapshot';
import { JobsController } from './jobs.controller';
import { JobsRepository } from './jobs.repository';
import { NamedContractor } from './named-contractor';
import { OpenJob } from './open-job';
import { RankForLine } from './rank-for-line';
import { Staffing } from './staffing';
import { StaffingRepository } from './staffing.repository';

@Module({
  imports: [SearchModule, StatesModule, WorkersModule],
  controllers: [DescribeJobController, JobsController],
  providers: [
    BeginJobWhenWorkBegins,
    DescribeJob,
    EndJobWhenWorkEnds,
    JobCounts,
    FreedPlaces,
    JobMoves,
    JobSnapshot,
    JobsRepository,
    NamedContractor,
    OpenJob,
    RankForLine,
    Staffing,
    StaffingRepository,
  ],
  exports: [FreedPlaces, Staffing],
})
export class JobsModule {}
