import { describeRetention, describeSchema } from '@muster/platform/testing/generated/describe-schema';
import { config } from '../src/config';
import { communicationContract } from './world';

describeSchema(config);
describeRetention(communicationContract());
