import { acl } from './plugins/acl';
import { any } from './plugins/any';
import { cache } from './plugins/cache';
import { chaos } from './plugins/chaos';
import { errors } from './plugins/errors';
import { forward } from './plugins/forward';
import { header } from './plugins/header';
import { hosts } from './plugins/hosts';
import { kubernetes } from './plugins/kubernetes';
import { loadbalance } from './plugins/loadbalance';
import { local } from './plugins/local';
import { log } from './plugins/log';
import { loop } from './plugins/loop';
import { minimal } from './plugins/minimal';
import { rewrite } from './plugins/rewrite';
import { ACCEPTED, bind, debug, health, prometheus, ready, reload, root } from './plugins/settings';
import { template } from './plugins/template';
import { whoami } from './plugins/whoami';
import type { Directive } from './setup';

/** What CoreDNS v1.13.1 knows, in the order in which it sets up and runs them (`core/dnsserver/zdirectives.go`). */
const ORDER = [
  'root',
  'metadata',
  'geoip',
  'cancel',
  'tls',
  'quic',
  'timeouts',
  'multisocket',
  'reload',
  'nsid',
  'bufsize',
  'bind',
  'debug',
  'trace',
  'ready',
  'health',
  'pprof',
  'prometheus',
  'errors',
  'log',
  'dnstap',
  'local',
  'dns64',
  'acl',
  'any',
  'chaos',
  'loadbalance',
  'tsig',
  'cache',
  'rewrite',
  'header',
  'dnssec',
  'autopath',
  'minimal',
  'template',
  'transfer',
  'hosts',
  'route53',
  'azure',
  'clouddns',
  'k8s_external',
  'kubernetes',
  'file',
  'auto',
  'secondary',
  'etcd',
  'loop',
  'forward',
  'grpc',
  'erratic',
  'whoami',
  'on',
  'sign',
  'view',
  'nomad',
];

const SIMULATED: readonly Directive[] = [
  ...ACCEPTED,
  acl,
  any,
  bind,
  cache,
  chaos,
  debug,
  errors,
  forward,
  header,
  health,
  hosts,
  kubernetes,
  loadbalance,
  local,
  log,
  loop,
  minimal,
  prometheus,
  ready,
  reload,
  rewrite,
  root,
  template,
  whoami,
];

/** A directive that exists, and whose work is not done here: said, rather than left out in silence. */
function notSimulated(name: string): Directive {
  return {
    name,
    setUp({ words }) {
      words.next();
      throw words.error(`the plugin ${name} is not part of this simulation`);
    },
  };
}

/** All directives, in CoreDNS' order. */
export const DIRECTIVES: readonly Directive[] = ORDER.map(
  (name) => SIMULATED.find((each) => each.name === name) ?? notSimulated(name),
);

/** Their names, for the parser. */
export const DIRECTIVE_NAMES: ReadonlySet<string> = new Set(ORDER);
