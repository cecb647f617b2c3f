import { Module } from '@nestjs/common';
import { StatesModule } from '../states/states.module';
import { AssignmentSnapshot } from './assignment.snapshot';
import { Assignments } from './assignments';
import { AssignmentsController } from './assignments.controller';
import { AssignmentsRepository } from './assignments.repository';
import { CompleteAssignmentWhenItsDaysAreOver } from './complete-assignment-when-its-days-are-over';

@Module({
  imports: [StatesModule],
  controllers: [AssignmentsController],
  providers: [AssignmentSnapshot, Assignments, AssignmentsRepository, CompleteAssignmentWhenItsDaysAreOver],
  exports: [Assignments],
})
export class AssignmentsModule {}
