import { Module } from '@nestjs/common';
import { Terminal } from './terminal';

@Module({ providers: [Terminal], exports: [Terminal] })
export class TerminalModule {}
