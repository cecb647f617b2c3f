import { Module } from '@nestjs/common';
import { StepLog } from './step-log';
import { StepsRepository } from './steps.repository';

@Module({ providers: [StepLog, StepsRepository], exports: [StepLog] })
export class StatesModule {}
