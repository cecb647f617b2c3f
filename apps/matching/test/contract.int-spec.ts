import { describeAuthorization, describeBadInput } from '@muster/platform/testing/generated/describe-contract';
import { matchingContract } from './world';

const contract = matchingContract();
describeAuthorization(contract);
describeBadInput(contract);
