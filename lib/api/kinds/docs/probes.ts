import type { Docs } from './docs';

/** Probes and lifecycle handlers (core/v1). */
export const probeDocs: Docs = {
  ExecAction: {
    description: 'ExecAction runs a command inside the container.',
    fields: { command: 'The command, one word an entry; no shell reads it. Exit code 0 means success.' },
  },
  GRPCAction: {
    description: 'GRPCAction asks the gRPC health service of the container.',
    fields: {
      port: 'The port, from 1 to 65535.',
      service: 'The name of the service to ask about. Defaults to empty: the server as a whole.',
    },
  },
  HTTPGetAction: {
    description: 'HTTPGetAction sends an HTTP GET. A status from 200 to 399 means success.',
    fields: {
      host: "The host to connect to. Defaults to the Pod's address; to ask for another site, set a Host header.",
      httpHeaders: 'Headers to send.',
      path: 'The path to ask for. Defaults to /.',
      port: 'The port: a number, or the name of a container port.',
      scheme: 'HTTP or HTTPS. Defaults to HTTP.',
    },
  },
  HTTPHeader: {
    description: 'HTTPHeader is a header of a request.',
    fields: { name: 'The name of the header.', value: 'The value of the header.' },
  },
  Lifecycle: {
    description: 'Lifecycle says what is done right after a container starts and right before it stops.',
    fields: {
      postStart:
        'Done right after the start; the container counts as running only when it is done, and is killed when it fails.',
      preStop:
        'Done before the stop signal is sent, within the grace period. A short sleep here lets traffic move elsewhere first.',
      stopSignal: 'The signal that asks the container to stop. Defaults to that of the image, else SIGTERM.',
    },
  },
  LifecycleHandler: {
    description: 'LifecycleHandler is one thing to do. One of its fields is set.',
    fields: {
      exec: 'Runs a command inside the container.',
      httpGet: 'Sends an HTTP GET to the container.',
      sleep: 'Waits.',
      tcpSocket: 'Deprecated: does nothing but fail.',
    },
  },
  Probe: {
    description:
      'Probe is a check that the kubelet repeats. One of exec, grpc, httpGet and tcpSocket is set.',
    fields: {
      exec: 'Runs a command inside the container.',
      failureThreshold: 'How many failures in a row count as failed. Defaults to 3.',
      grpc: 'Asks the gRPC health service of the container.',
      httpGet: 'Sends an HTTP GET to the container.',
      initialDelaySeconds: 'Seconds from the start of the container to the first check. Defaults to 0.',
      periodSeconds: 'Seconds from one check to the next. Defaults to 10.',
      successThreshold:
        'How many successes in a row count as succeeded. Defaults to 1, and must be 1 but for readiness.',
      tcpSocket: 'Opens a TCP connection; that it opens means success.',
      terminationGracePeriodSeconds:
        "Seconds from SIGTERM to SIGKILL when this probe has failed. Defaults to the Pod's.",
      timeoutSeconds: 'Seconds after which a check that has not answered fails. Defaults to 1.',
    },
  },
  SleepAction: {
    description: 'SleepAction waits.',
    fields: { seconds: 'How many seconds.' },
  },
  TCPSocketAction: {
    description: 'TCPSocketAction opens a TCP connection.',
    fields: {
      host: "The host to connect to. Defaults to the Pod's address.",
      port: 'The port: a number, or the name of a container port.',
    },
  },
};
