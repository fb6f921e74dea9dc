import { type LabelSelector, parseLabelSelector, StatusError } from '../../../../api';
import { CorefileError, type Dispenser } from '../../corefile/dispenser';
import { parseInteger, readDuration } from '../../corefile/go-values';
import { fallthroughZones, originsOf } from '../../corefile/zones';
import { ONLY_ONCE, type SetUp } from '../../setup';

/** What the Corefile says of the kubernetes plugin. */
export interface KubernetesConfig {
  readonly zones: readonly string[];
  /** The zone that answers to reverse lookups lie in. */
  readonly primaryZone: string;
  ttl: number;
  pods: 'disabled' | 'insecure' | 'verified';
  /** Endpoints without a hostname go by their Pod's name instead of their address. */
  endpointNames: boolean;
  /** Namespaces that are served; all when empty. */
  namespaces: readonly string[];
  selector: LabelSelector;
  namespaceSelector: LabelSelector;
  /** Zones whose unknown names go on to the next plugin. */
  fallthrough: readonly string[];
  ignoreEmptyService: boolean;
  /** Whether endpoints are watched at all. */
  endpoints: boolean;
}

const DEFAULT_TTL = 5;
const MAX_TTL = 3600;

/** Reads `kubernetes [ZONES…] { … }`. */
export function readKubernetesConfig({ words, blockKeys }: SetUp): KubernetesConfig {
  let config: KubernetesConfig | undefined;
  while (words.next()) {
    if (config !== undefined) throw new CorefileError(ONLY_ONCE);
    const zones = originsOf(words.remainingArgs(), blockKeys);
    const primaryZone = zones.find((zone) => !/\.(in-addr|ip6)\.arpa\.$|^(in-addr|ip6)\.arpa\.$/.test(zone));
    if (primaryZone === undefined) throw new CorefileError('non-reverse zone name must be used');
    config = {
      zones,
      primaryZone,
      ttl: DEFAULT_TTL,
      pods: 'disabled',
      endpointNames: false,
      namespaces: [],
      selector: [],
      namespaceSelector: [],
      fallthrough: [],
      ignoreEmptyService: false,
      endpoints: true,
    };
    while (words.nextBlock()) readOption(words, config);
    if (config.namespaces.length > 0 && config.namespaceSelector.length > 0)
      throw words.error('namespaces and namespace_labels cannot both be set');
  }
  if (config === undefined) throw new CorefileError('non-reverse zone name must be used');
  return config;
}

function readOption(words: Dispenser, config: KubernetesConfig): void {
  const name = words.val();
  const args = name === 'multicluster' ? [] : words.remainingArgs();
  const [first = ''] = args;
  const need = (fits: boolean) => {
    if (!fits) throw words.argumentError();
  };
  switch (name) {
    case 'endpoint_pod_names':
      need(args.length === 0);
      config.endpointNames = true;
      break;
    case 'pods':
      need(args.length === 1);
      config.pods = podMode(first);
      break;
    case 'namespaces':
      need(args.length > 0);
      config.namespaces = args;
      break;
    case 'labels':
      need(args.length > 0);
      config.selector = selectorOf(args.join(' '), 'label');
      break;
    case 'namespace_labels':
      need(args.length > 0);
      config.namespaceSelector = selectorOf(args.join(' '), 'namespace_label');
      break;
    case 'fallthrough':
      config.fallthrough = fallthroughZones(args);
      break;
    case 'ttl': {
      need(args.length > 0);
      const ttl = parseInteger(first);
      if (ttl < 0 || ttl > MAX_TTL) throw words.error(`ttl must be in range [0, 3600]: ${ttl}`);
      config.ttl = ttl;
      break;
    }
    case 'noendpoints':
      need(args.length === 0);
      config.endpoints = false;
      break;
    case 'ignore':
      if (first === 'empty_service') config.ignoreEmptyService = true;
      else if (args.length > 0) throw new CorefileError(`unable to parse ignore value: '${first}'`);
      break;
    case 'startup_timeout':
      need(args.length > 0);
      readDuration(first);
      break;
    // How to reach the API server: inside the cluster there is one way.
    case 'endpoint':
      need(args.length > 0);
      break;
    case 'tls':
      need(args.length === 3);
      break;
    case 'kubeconfig':
      need(args.length === 1 || args.length === 2);
      break;
    default:
      throw words.error(`unknown property '${name}'`);
  }
}

function podMode(text: string): KubernetesConfig['pods'] {
  if (text === 'disabled' || text === 'insecure' || text === 'verified') return text;
  throw new CorefileError(`wrong value for pods: ${text},  must be one of: disabled, verified, insecure`);
}

function selectorOf(text: string, what: string): LabelSelector {
  try {
    return parseLabelSelector(text);
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    const { message = '' } = error.status;
    const why = message.replace(/^unable to parse requirement: /, '');
    throw new CorefileError(`unable to parse ${what} selector value: '${text}': ${why}`);
  }
}
