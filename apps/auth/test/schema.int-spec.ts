import { describeRetention, describeSchema } from '@muster/platform/testing/generated/describe-schema';
import { config } from '../src/config';
import { authContract } from './world';

describeSchema(config);
describeRetention(authContract());
