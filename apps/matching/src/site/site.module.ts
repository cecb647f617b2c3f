import { Module } from '@nestjs/common';
import { PreparePlaces } from './prepare-places';

@Module({ providers: [PreparePlaces] })
export class SiteModule {}
