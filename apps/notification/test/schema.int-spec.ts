import { describeRetention, describeSchema } from '@muster/platform/testing/generated/describe-schema';
import { config } from '../src/config';
import { notificationContract } from './world';

describeSchema(config);
describeRetention(notificationContract());
