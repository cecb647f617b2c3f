import { describeAuthorization, describeBadInput } from '@muster/platform/testing/generated/describe-contract';
import { notificationContract } from './world';

const contract = notificationContract();
describeAuthorization(contract);
describeBadInput(contract);
