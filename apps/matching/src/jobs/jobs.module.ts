import { Module } from '@nestjs/common';
import { SearchModule } from '../search/search.module';
import { StatesModule } from '../states/states.module';
import { DescribeJob } from './describe-job';
import { JobSnapshots } from './job-snapshots';
import { JobsController } from './jobs.controller';
import { JobsRepository } from './jobs.repository';
import { OpenJob } from './open-job';
import { RankForLine } from './rank-for-line';
import { Staffing } from './staffing';
import { StaffingRepository } from './staffing.repository';

@Module({
  imports: [SearchModule, StatesModule],
  controllers: [JobsController],
  providers: [DescribeJob, JobSnapshots, JobsRepository, OpenJob, RankForLine, Staffing, StaffingRepository],
  exports: [Staffing],
})
export class JobsModule {}
