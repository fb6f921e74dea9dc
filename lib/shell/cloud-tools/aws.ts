import type { CloudApi, Json } from '../../api';
import { isRecord, printYaml } from '../../base';
import type { Tool, ToolContext } from '../process';
import { Complaint, failed, invalid, noChoice, refused } from './complaint';
import { type Line, parseLine } from './parse-line';
import { printTable } from './print-table';
import { printText } from './print-text';
import { queried } from './query';

const VERSION = 'aws-cli/2.35.13 Python/3.14.4 Linux/6.1.0-13-amd64 exe/x86_64.debian.12';
/** What a call costs in time. */
const LATENCY_MS = 350;
const REGION =
  /^(us|eu|ap|sa|ca|me|af|il|mx)-(gov-)?(north|south|east|west|central|northeast|southeast|northwest|southwest)-\d$/;
/** Where services answer. */
const HOSTS: Readonly<Record<string, string>> = {
  elb: 'elasticloadbalancing',
  elbv2: 'elasticloadbalancing',
};
const NOT_A_TERMINAL_COLUMNS = 80;

/** The AWS command line (v2) for looking at what the cluster has in its account. */
export const aws: Tool = async (context) => {
  const { cloud } = context.world;
  if (cloud === undefined) return 127;
  if (context.args[0] === '--version') {
    await context.out(`${VERSION}\n`);
    return 0;
  }
  try {
    const line = parseLine(context.args);
    const region = regionOf(context, line, cloud);
    checkRegion(line, region);
    await context.sleep(LATENCY_MS);
    const { service, operation, parameters } = line;
    const answer = cloud.call({ service, operation: operation.name, parameters, region });
    if ('error' in answer) throw refused(answer.error.code, operation.name, answer.error.message);
    await context.out(shown(context, line, answer.result));
    return 0;
  } catch (error) {
    if (!(error instanceof Complaint)) throw error;
    await context.err(error.message);
    return error.status;
  }
};

function regionOf({ environment }: ToolContext, { options }: Line, cloud: CloudApi): string {
  return options.region ?? environment.AWS_REGION ?? environment.AWS_DEFAULT_REGION ?? cloud.region;
}

function checkRegion({ service, options }: Line, region: string): void {
  if (options.profile !== undefined && options.profile !== 'default')
    throw failed(`The config profile (${options.profile}) could not be found`);
  if (!/^[a-z0-9-]+$/.test(region))
    throw failed(`Provided region_name '${region}' doesn't match a supported format.`);
  if (!REGION.test(region))
    throw failed(
      `Could not connect to the endpoint URL: "https://${HOSTS[service] ?? service}.${region}.amazonaws.com/"`,
    );
}

function shown(context: ToolContext, line: Line, result: Json): string {
  const { query } = line.options;
  const output = line.options.output ?? context.environment.AWS_DEFAULT_OUTPUT ?? 'json';
  const found = query === undefined ? result : queried(result, query);
  switch (output) {
    case 'text':
      return printText(found);
    case 'table': {
      const columns = context.stdoutIsTerminal ? context.size.columns : NOT_A_TERMINAL_COLUMNS;
      return printTable(line.operation.name, found, columns);
    }
    case 'yaml':
    case 'yaml-stream':
      return printYaml(found);
    case 'off':
      return '';
    case 'json':
      // Nothing is printed for an answer that says nothing at all, unless it was asked for.
      return isRecord(found) && Object.keys(found).length === 0 ? '' : `${JSON.stringify(found, null, 4)}\n`;
    default:
      throw output === '' ? invalid('Unknown output type: ') : noChoice('--output', output, []);
  }
}
