import type { CloudAnswer, CloudApi, CloudCall, Json } from '../../../api';
import { ACCOUNT_ID, REGION } from '../account';
import { FRESH_CLOUD } from '../state';
import { EC2, type Ec2World } from './describe-ec2';
import { ELB } from './describe-elb';
import { ELBV2 } from './describe-elbv2';
import { AwsError } from './refusal';

/** What the account's services know. */
export interface ApiWorld extends Ec2World {
  now(): number;
}

/** The user whose keys the admin machine has: who may look at everything, and change nothing. */
const USER = { id: 'AIDACKCEVSQ6C2EXAMPLE', arn: `arn:aws:iam::${ACCOUNT_ID}:user/learner` };
/** How IAM calls the services. */
const IAM_NAMES: Readonly<Record<string, string>> = {
  elb: 'elasticloadbalancing',
  elbv2: 'elasticloadbalancing',
  ec2: 'ec2',
};

/** The account's API, for somebody who may look at it only. */
export function createCloudApi(world: ApiWorld): CloudApi {
  return {
    region: REGION,
    call(call) {
      try {
        const result = answer(world, call);
        return result === undefined ? notAllowed(call) : { result };
      } catch (error) {
        if (!(error instanceof AwsError)) throw error;
        return { error: { code: error.code, message: error.message } };
      }
    },
  };
}

function answer(world: ApiWorld, { service, operation, parameters, region }: CloudCall): Json | undefined {
  const here = region === REGION;
  const state = here ? world.state : FRESH_CLOUD;
  switch (service) {
    case 'elb':
      return ELB[operation]?.(state, parameters);
    case 'elbv2':
      return ELBV2[operation]?.(state, parameters, world.now());
    case 'ec2':
      return EC2[operation]?.(here ? world : { ...world, state, instances: [] }, parameters);
    case 'sts':
      return operation === 'GetCallerIdentity'
        ? { UserId: USER.id, Account: ACCOUNT_ID, Arn: USER.arn }
        : undefined;
    default:
      return undefined;
  }
}

function notAllowed({ service, operation }: CloudCall): CloudAnswer {
  const action = `${IAM_NAMES[service] ?? service}:${operation}`;
  const why = `because no identity-based policy allows the ${action} action`;
  return service === 'ec2'
    ? {
        error: {
          code: 'UnauthorizedOperation',
          message: `You are not authorized to perform this operation. User: ${USER.arn} is not authorized to perform: ${action} ${why}`,
        },
      }
    : {
        error: {
          code: 'AccessDenied',
          message: `User: ${USER.arn} is not authorized to perform: ${action} ${why}`,
        },
      };
}
