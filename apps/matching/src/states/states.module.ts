import { Module } from '@nestjs/common';
import { ForgetOldSteps } from './forget-old-steps';
import { StepLog } from './step-log';
import { StepsRepository } from './steps.repository';

@Module({ providers: [ForgetOldSteps, StepLog, StepsRepository], exports: [StepLog] })
export class StatesModule {}
