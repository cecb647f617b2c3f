import { describeRetention, describeSchema } from '@muster/platform/testing/generated/describe-schema';
import { config } from '../src/config';
import { matchingContract } from './world';

describeSchema(config);
describeRetention(matchingContract());
