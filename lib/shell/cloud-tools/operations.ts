/** A parameter of an operation as the command line takes it. */
export interface Parameter {
  /** As the API has it: "LoadBalancerNames". */
  readonly name: string;
  readonly takes: 'text' | 'texts' | 'filters' | 'number' | 'nothing';
  readonly required?: boolean | undefined;
}

/** An operation that looks at something. */
export interface Operation {
  /** As the API has it: "DescribeLoadBalancers". */
  readonly name: string;
  /** By flag, without its dashes. */
  readonly parameters: Readonly<Record<string, Parameter>>;
  /** What `--output text` goes through when no query is given: a paginated operation's lists. */
  readonly results?: readonly string[] | undefined;
}

const PAGES: Readonly<Record<string, Parameter>> = {
  'max-items': { name: 'MaxItems', takes: 'number' },
  'page-size': { name: 'PageSize', takes: 'number' },
  'starting-token': { name: 'StartingToken', takes: 'text' },
};
const EC2_FLAGS: Readonly<Record<string, Parameter>> = {
  ...PAGES,
  filters: { name: 'Filters', takes: 'filters' },
  'dry-run': { name: 'DryRun', takes: 'nothing' },
  'no-dry-run': { name: 'DryRun', takes: 'nothing' },
};
const textsOf = (name: string, required = false): Parameter => ({ name, takes: 'texts', required });
const textOf = (name: string, required = false): Parameter => ({ name, takes: 'text', required });

/** The operations that are answered, by service and by name on the command line. */
export const OPERATIONS: Readonly<Record<string, Readonly<Record<string, Operation>>>> = {
  elb: {
    'describe-load-balancers': {
      name: 'DescribeLoadBalancers',
      parameters: {
        ...PAGES,
        'load-balancer-names': textsOf('LoadBalancerNames'),
        'load-balancer-name': textsOf('LoadBalancerNames'),
      },
      results: ['LoadBalancerDescriptions'],
    },
    'describe-instance-health': {
      name: 'DescribeInstanceHealth',
      parameters: {
        'load-balancer-name': textOf('LoadBalancerName', true),
        instances: { name: 'Instances', takes: 'texts' },
      },
    },
    'describe-load-balancer-attributes': {
      name: 'DescribeLoadBalancerAttributes',
      parameters: { 'load-balancer-name': textOf('LoadBalancerName', true) },
    },
    'describe-tags': {
      name: 'DescribeTags',
      parameters: { 'load-balancer-names': textsOf('LoadBalancerNames', true) },
    },
  },
  elbv2: {
    'describe-load-balancers': {
      name: 'DescribeLoadBalancers',
      parameters: { ...PAGES, names: textsOf('Names'), 'load-balancer-arns': textsOf('LoadBalancerArns') },
      results: ['LoadBalancers'],
    },
    'describe-listeners': {
      name: 'DescribeListeners',
      parameters: {
        ...PAGES,
        'load-balancer-arn': textOf('LoadBalancerArn'),
        'listener-arns': textsOf('ListenerArns'),
      },
      results: ['Listeners'],
    },
    'describe-target-groups': {
      name: 'DescribeTargetGroups',
      parameters: {
        ...PAGES,
        'load-balancer-arn': textOf('LoadBalancerArn'),
        'target-group-arns': textsOf('TargetGroupArns'),
        names: textsOf('Names'),
      },
      results: ['TargetGroups'],
    },
    'describe-target-health': {
      name: 'DescribeTargetHealth',
      parameters: { 'target-group-arn': textOf('TargetGroupArn', true), targets: textsOf('Targets') },
    },
    'describe-load-balancer-attributes': {
      name: 'DescribeLoadBalancerAttributes',
      parameters: { 'load-balancer-arn': textOf('LoadBalancerArn', true) },
    },
    'describe-target-group-attributes': {
      name: 'DescribeTargetGroupAttributes',
      parameters: { 'target-group-arn': textOf('TargetGroupArn', true) },
    },
    'describe-tags': { name: 'DescribeTags', parameters: { 'resource-arns': textsOf('ResourceArns', true) } },
  },
  ec2: {
    'describe-instances': {
      name: 'DescribeInstances',
      parameters: { ...EC2_FLAGS, 'instance-ids': textsOf('InstanceIds') },
      results: ['Reservations'],
    },
    'describe-security-groups': {
      name: 'DescribeSecurityGroups',
      parameters: { ...EC2_FLAGS, 'group-ids': textsOf('GroupIds'), 'group-names': textsOf('GroupNames') },
      results: ['SecurityGroups'],
    },
  },
  sts: { 'get-caller-identity': { name: 'GetCallerIdentity', parameters: {} } },
};

/** How names of operations begin: what begins otherwise is no operation at all. */
const VERBS =
  /^(accept|add|allocate|apply|associate|attach|authorize|assume|cancel|configure|copy|create|delete|deregister|describe|detach|disable|disassociate|enable|export|get|import|list|modify|monitor|purchase|reboot|register|reject|release|remove|replace|request|reset|revoke|run|search|set|start|stop|terminate|unassign|unmonitor|update|withdraw)-[a-z0-9-]+$/;

/** Operations of the services that there are, but that are not answered: "CreateLoadBalancer"; undefined for what is none. */
export function otherOperation(service: string, typed: string): string | undefined {
  const nouns = NOUNS[service];
  if (nouns === undefined || !VERBS.test(typed) || !nouns.test(typed)) return undefined;
  // One letter short of an operation that is answered.
  if (OPERATIONS[service]?.[`${typed}s`] !== undefined) return undefined;
  return typed.replace(/(^|-)([a-z])/g, (_, __, letter: string) => letter.toUpperCase());
}

/** What operations of a service end with. */
const NOUNS: Readonly<Record<string, RegExp>> = {
  elb: /-(tags|load-balancers?|load-balancer-(listeners|policy|policies|policy-types|attributes|listener-ssl-certificate|policies-of-listener|policies-for-backend-server)|health-check|account-limits|subnets|security-groups-to-load-balancer|instances-(with|from)-load-balancer|(to|from|for)-subnets|availability-zones-(for|from)-load-balancer|load-balancer-(to|from)-subnets|stickiness-policy)$/,
  elbv2:
    /-(tags|load-balancer|load-balancer-attributes|listeners?|listener-(certificates|attributes)|rules?|rule-priorities|target-groups?|target-group-attributes|targets|security-groups|subnets|ip-address-type|ssl-policies|account-limits|trust-stores?|capacity-reservation)$/,
  ec2: /-(instances?|instance-(status|types|attribute|type-offerings)|security-groups?|security-group-(ingress|egress|rules)|vpcs?|subnets?|regions|availability-zones|addresses|address|volumes?|snapshots?|images?|key-pairs?|tags|network-interfaces?|nat-gateways?|internet-gateways?|route-tables?|routes?|network-acls?|launch-templates?)$/,
  sts: /-(role|session-token|role-with-web-identity|role-with-saml|access-key-info|federation-token)$/,
};
