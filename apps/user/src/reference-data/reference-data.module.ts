import { Module } from '@nestjs/common';
import { PrepareReferenceData } from './prepare-reference-data';
import { ReferenceDataController } from './reference-data.controller';

@Module({ controllers: [ReferenceDataController], providers: [PrepareReferenceData] })
export class ReferenceDataModule {}
