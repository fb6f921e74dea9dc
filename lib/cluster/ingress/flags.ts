/** The controller's flags, as far as they change anything here. */
export interface ControllerFlags {
  readonly controllerClass: string;
  readonly ingressClass: string;
  readonly watchWithoutClass: boolean;
  readonly classByName: boolean;
  readonly namespace: string;
  readonly configMap: string;
  readonly publishService: string;
  readonly publishAddress: string;
  readonly internalNodeIP: boolean;
  readonly updateStatus: boolean;
  readonly updateStatusOnShutdown: boolean;
  readonly statusIntervalMs: number;
  readonly electionID: string;
  readonly electionTtlMs: number;
  readonly noElection: boolean;
  readonly defaultService: string;
  readonly defaultCertificate: string;
  readonly noExternalName: boolean;
  readonly noCatchAll: boolean;
  readonly httpPort: number;
  readonly httpsPort: number;
  readonly healthPort: number;
  readonly defaultPort: number;
  readonly webhook: string;
  readonly webhookCertificate: string;
  readonly shutdownGraceMs: number;
  readonly isVersion: boolean;
}

/** Flags that take a value, and those that are switches; what is of no effect here is known all the same. */
const VALUED =
  'annotations-prefix apiserver-host bucket-factor certificate-authority configmap controller-class default-backend-service default-server-port default-ssl-certificate dynamic-configuration-retries election-id election-ttl exclude-socket-metrics health-check-path health-check-timeout healthz-host healthz-port http-port https-port ingress-class internal-logger-address kubeconfig length-buckets log_backtrace_at log_dir log_file log_file_max_size max-buckets maxmind-edition-ids maxmind-license-key maxmind-mirror maxmind-retries-count maxmind-retries-timeout monitor-max-batch-size post-shutdown-grace-period profiler-address profiler-port publish-service publish-status-address shutdown-grace-period size-buckets ssl-passthrough-proxy-port status-port status-update-interval stderrthreshold stream-port sync-period sync-rate-limit tcp-services-configmap time-buckets udp-services-configmap v validating-webhook validating-webhook-certificate validating-webhook-key vmodule watch-namespace watch-namespace-selector'.split(
    ' ',
  );
const SWITCHES =
  'add_dir_header alsologtostderr deep-inspect disable-catch-all disable-full-test disable-leader-election disable-svc-external-name disable-sync-events enable-annotation-validation enable-metrics enable-ssl-chain-completion enable-ssl-passthrough enable-topology-aware-routing ingress-class-by-name logtostderr metrics-per-host metrics-per-undefined-host one_output profiling report-node-internal-ip-address report-status-classes skip_headers skip_log_headers update-status update-status-on-shutdown version watch-ingress-without-class'.split(
    ' ',
  );

type Read = Readonly<Record<string, string>>;

/** Reads a command line as pflag does; a string is what is wrong with it. */
export function readFlags(argv: readonly string[]): ControllerFlags | string {
  const found: Record<string, string> = {};
  // The entrypoint is dumb-init, which starts what comes after its "--".
  const own = argv.findIndex((word) => word.endsWith('nginx-ingress-controller'));
  const words = argv.slice(Math.max(own, 0) + 1);
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    const [, name = '', , value] = /^--?([\w-]+)(=([\s\S]*))?$/.exec(word) ?? [];
    if (name === '') continue;
    if (SWITCHES.includes(name)) {
      if (value !== undefined && !isBoolean(value))
        return `invalid argument "${value}" for "--${name}" flag: strconv.ParseBool: parsing "${value}": invalid syntax`;
      found[name] = value ?? 'true';
    } else if (!VALUED.includes(name)) return `unknown flag: --${name}`;
    else {
      const given = value ?? words.shift();
      if (given === undefined) return `flag needs an argument: --${name}`;
      found[name] = given;
    }
  }
  if (found['publish-service'] && found['publish-status-address'])
    return 'flags --publish-service and --publish-status-address are mutually exclusive';
  return flagsFrom(found);
}

const isBoolean = (text: string): boolean => /^(1|0|t|f|true|false)$/i.test(text);

/** The least seconds between two writings of statuses. */
const MIN_STATUS_SECONDS = 5;

function flagsFrom(read: Read): ControllerFlags {
  const text = (name: string, otherwise = '') => read[name] ?? otherwise;
  const number = (name: string, otherwise: number) => Number(read[name] ?? otherwise);
  const on = (name: string, otherwise = false) =>
    read[name] === undefined ? otherwise : /^(1|t|true)$/i.test(read[name]);
  return {
    controllerClass: text('controller-class', 'k8s.io/ingress-nginx'),
    ingressClass: text('ingress-class', 'nginx'),
    watchWithoutClass: on('watch-ingress-without-class'),
    classByName: on('ingress-class-by-name'),
    namespace: text('watch-namespace'),
    configMap: text('configmap'),
    publishService: text('publish-service'),
    publishAddress: text('publish-status-address'),
    internalNodeIP: on('report-node-internal-ip-address'),
    updateStatus: on('update-status', true),
    updateStatusOnShutdown: on('update-status-on-shutdown', true),
    statusIntervalMs: Math.max(MIN_STATUS_SECONDS, number('status-update-interval', 60)) * 1000,
    electionID: text('election-id', 'ingress-controller-leader'),
    electionTtlMs: Number.parseInt(text('election-ttl', '30s'), 10) * 1000,
    noElection: on('disable-leader-election'),
    defaultService: text('default-backend-service'),
    defaultCertificate: text('default-ssl-certificate'),
    noExternalName: on('disable-svc-external-name'),
    noCatchAll: on('disable-catch-all'),
    httpPort: number('http-port', 80),
    httpsPort: number('https-port', 443),
    healthPort: number('healthz-port', 10_254),
    defaultPort: number('default-server-port', 8181),
    webhook: text('validating-webhook'),
    webhookCertificate: text('validating-webhook-certificate'),
    shutdownGraceMs: number('shutdown-grace-period', 0) * 1000,
    isVersion: on('version'),
  };
}
