import { describeAuthorization, describeBadInput } from '@muster/platform/testing/generated/describe-contract';
import { userContract } from './world';

const contract = userContract();
describeAuthorization(contract);
describeBadInput(contract);
