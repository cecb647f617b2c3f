import { Module } from '@nestjs/common';
import { StatesModule } from '../states/states.module';
import { WorkersModule } from '../workers/workers.module';
import { AssignmentSnapshot } from './assignment.snapshot';
import { Assignments } from './assignments';
import { AssignmentsController } from './assignments.controller';
import { AssignmentsRepository } from './assignments.repository';
import { CancelledAssignments } from './cancelled-assignments';
import { CompleteAssignmentWhenItsDaysAreOver } from './complete-assignment-when-its-days-are-over';

@Module({
  imports: [StatesModule, WorkersModule],
  controllers: [AssignmentsController],
  providers: [AssignmentSnapshot, Assignments, AssignmentsRepository, CancelledAssignments, CompleteAssignmentWhenItsDaysAreOver],
  exports: [Assignments, CancelledAssignments],
})
export class AssignmentsModule {}
