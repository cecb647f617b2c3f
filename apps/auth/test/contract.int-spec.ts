import { describeAuthorization, describeBadInput } from '@muster/platform/testing/generated/describe-contract';
import { authContract } from './world';

const contract = authContract();
describeAuthorization(contract);
describeBadInput(contract);
