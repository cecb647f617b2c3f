import { Module } from '@nestjs/common';
import { StepsRepository } from './steps.repository';

@Module({ providers: [StepsRepository], exports: [StepsRepository] })
export class StatesModule {}
