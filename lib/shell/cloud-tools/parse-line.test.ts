import { describe, expect, it } from 'vitest';
import { Complaint } from './complaint';
import { parseLine } from './parse-line';

describe('[S21] a command line of aws', () => {
  it.each<[string, string, object, object]>([
    ['elb describe-load-balancers', 'DescribeLoadBalancers', {}, {}],
    [
      'elb describe-load-balancers --load-balancer-names a b',
      'DescribeLoadBalancers',
      { LoadBalancerNames: ['a', 'b'] },
      {},
    ],
    [
      '--output text elb describe-load-balancers --region=us-west-2',
      'DescribeLoadBalancers',
      {},
      { output: 'text', region: 'us-west-2' },
    ],
    [
      'elb describe-instance-health --no-cli-pager --load-balancer-name=a',
      'DescribeInstanceHealth',
      { LoadBalancerName: 'a' },
      {},
    ],
    [
      'ec2 describe-instances --filters Name=a,Values=b,c Name=tag:x,Values=y --query x',
      'DescribeInstances',
      {
        Filters: [
          { Name: 'a', Values: ['b', 'c'] },
          { Name: 'tag:x', Values: ['y'] },
        ],
      },
      { query: 'x' },
    ],
    [
      'ec2 describe-instances --filters [{"Name":"a","Values":["b"]}]',
      'DescribeInstances',
      { Filters: [{ Name: 'a', Values: ['b'] }] },
      {},
    ],
    ['elbv2 create-target-group --name x --port 80', 'CreateTargetGroup', {}, {}],
    ['ec2 terminate-instances --instance-ids i-1', 'TerminateInstances', {}, {}],
  ])('%s', (line, operation, parameters, options) => {
    const parsed = parseLine(line.split(' '));
    expect(parsed.operation.name).toBe(operation);
    expect(parsed.parameters).toEqual(parameters);
    expect(parsed.options).toEqual(options);
  });

  it.each<[string, string]>([
    ['', 'the following arguments are required: command'],
    ['elb', 'the following arguments are required: operation'],
    ['elbb describe-load-balancers', "argument command: Found invalid choice 'elbb'"],
    [
      'elb describe-loadbalancers',
      "argument operation: Found invalid choice 'describe-loadbalancers', maybe you meant:\n\n  * describe-load-balancers",
    ],
    ['elb frobnicate', "argument operation: Found invalid choice 'frobnicate'"],
    ['elb describe-instance-health', 'the following arguments are required: --load-balancer-name'],
    [
      'elb describe-instance-health --load-balancer-name',
      'argument --load-balancer-name: expected one argument',
    ],
    ['elb describe-load-balancers x', 'Unknown options: x'],
    ['elb describe-load-balancers --output', 'argument --output: expected one argument'],
    ['ec2 describe-instances --max-items many', "argument --max-items: invalid int value: 'many'"],
    ['ec2 describe-instances --filters [oops', "Error parsing parameter '--filters': Invalid JSON: "],
  ])('%s: %s', (line, message) => {
    const read = () => parseLine(line === '' ? [] : line.split(' '));
    expect(read).toThrow(Complaint);
    expect(read).toThrow(message);
  });
});
