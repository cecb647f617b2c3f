import { describeAuthorization, describeBadInput } from '@muster/platform/testing/generated/describe-contract';
import { communicationContract } from './world';

const contract = communicationContract();
describeAuthorization(contract);
describeBadInput(contract);
