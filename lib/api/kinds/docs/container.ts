import type { Docs } from './docs';

/** What containers and ephemeral containers have alike. */
const containerFields = {
  args: 'Arguments of the command. Left out, those of the image (CMD). $(NAME) stands for an environment variable.',
  command: 'The program to run. Left out, that of the image (ENTRYPOINT). No shell reads it.',
  env: 'Environment variables.',
  envFrom: 'ConfigMaps and Secrets whose keys all become environment variables. Variables in env win.',
  image:
    'The image, such as nginx:1.27 or registry.example.com/team/app@sha256:... Without a tag it is :latest.',
  imagePullPolicy: 'When the image is pulled. Defaults to Always for the tag latest, else to IfNotPresent.',
  lifecycle: 'What is done right after the container starts and right before it stops.',
  livenessProbe: 'A check that the container lives; when it fails, the container is restarted.',
  name: 'The name of the container, a DNS label unique in the Pod. It cannot be changed.',
  ports:
    'Ports that the container listens on. The list informs and gives names; a port left out is reachable all the same.',
  readinessProbe:
    'A check that the container can serve; while it fails, the Pod receives no traffic from Services.',
  resizePolicy: 'Whether a change of CPU or memory needs a restart.',
  resources: 'CPU and memory that the container asks for, and the most that it gets.',
  restartPolicy:
    "When this container starts again, in place of the Pod's restartPolicy. Always on an init container makes it a sidecar.",
  restartPolicyRules: 'Exit codes that decide on a restart, before restartPolicy does.',
  securityContext: "User, capabilities and the like. It wins over the Pod's.",
  startupProbe: 'A check that the container has started; until it succeeds the other probes wait.',
  stdin:
    'Whether standard input is kept open for kubectl attach. Defaults to false: reading gives the end at once.',
  stdinOnce: 'Whether standard input is closed after the first client has gone. Defaults to false.',
  terminationMessagePath:
    'The file whose content becomes the message of the ended container. Defaults to /dev/termination-log.',
  terminationMessagePolicy: 'Where that message comes from. Defaults to File.',
  tty: 'Whether the container gets a terminal; needs stdin. Defaults to false.',
  volumeDevices: 'Volumes that the container uses as raw devices.',
  volumeMounts: 'Volumes that appear as directories or files in the container.',
  workingDir: 'The working directory. Left out, that of the image.',
};

/** Containers, their environment, ports and resources (core/v1). */
export const containerDocs: Docs = {
  ConfigMapEnvSource: {
    description: 'ConfigMapEnvSource turns all keys of a ConfigMap into environment variables.',
    fields: {
      name: 'The name of the ConfigMap, in the same namespace.',
      optional: 'Whether the container starts although there is no such ConfigMap. Defaults to false.',
    },
  },
  ConfigMapKeySelector: {
    description: 'ConfigMapKeySelector names one key of a ConfigMap.',
    fields: {
      key: 'The key.',
      name: 'The name of the ConfigMap, in the same namespace.',
      optional:
        'Whether the ConfigMap or the key may be missing. Defaults to false: the container does not start.',
    },
  },
  Container: {
    description: 'Container is one program of a Pod and all that it is given.',
    fields: containerFields,
  },
  ContainerPort: {
    description: 'ContainerPort tells of a port that a container listens on.',
    fields: {
      containerPort: 'The number of the port, from 1 to 65535.',
      hostIP: "The node's address that hostPort is opened on. Left out, all of them.",
      hostPort:
        'A port of the node that leads to this one. Mostly a Service is what you want; with hostNetwork it must equal containerPort.',
      name: 'A name of at most 15 characters, unique in the Pod, that Services and probes can use for the number.',
      protocol: 'The transport protocol. Defaults to TCP.',
    },
  },
  ContainerResizePolicy: {
    description: 'ContainerResizePolicy says what a change of one resource needs.',
    fields: {
      resourceName: 'The resource: cpu or memory.',
      restartPolicy: 'NotRequired or RestartContainer.',
    },
  },
  ContainerRestartRule: {
    description: 'ContainerRestartRule decides on a restart by the exit code.',
    fields: {
      action: 'What is done: Restart, or RestartAllContainers.',
      exitCodes: 'The exit codes that the rule is for.',
    },
  },
  ContainerRestartRuleOnExitCodes: {
    description: 'ContainerRestartRuleOnExitCodes matches exit codes.',
    fields: { operator: 'In or NotIn.', values: 'The exit codes, at most 255.' },
  },
  EnvFromSource: {
    description: 'EnvFromSource turns all keys of a ConfigMap or a Secret into environment variables.',
    fields: {
      configMapRef: 'The ConfigMap. Excludes secretRef.',
      prefix: 'Text put before each key to make the name of its variable.',
      secretRef: 'The Secret. Excludes configMapRef.',
    },
  },
  EnvVar: {
    description: 'EnvVar is an environment variable.',
    fields: {
      name: 'The name of the variable.',
      value:
        'Its value. $(NAME) stands for a variable defined before it, $$ for a dollar sign. Defaults to empty.',
      valueFrom: 'Where the value comes from, in place of value. It is read when the container starts.',
    },
  },
  EnvVarSource: {
    description:
      'EnvVarSource says where the value of an environment variable comes from. One of its fields is set.',
    fields: {
      configMapKeyRef: 'A key of a ConfigMap.',
      fieldRef: 'A field of the Pod itself, such as metadata.name, status.podIP or spec.nodeName.',
      fileKeyRef: 'A key of a file that an init container has written.',
      resourceFieldRef: 'A request or limit of a container, such as limits.cpu.',
      secretKeyRef: 'A key of a Secret.',
    },
  },
  EphemeralContainer: {
    description:
      'EphemeralContainer is a container added to a running Pod for debugging. It is never restarted, and takes no ports, probes or resources.',
    fields: { ...containerFields, targetContainerName: 'The container whose processes it shall see.' },
  },
  FileKeySelector: {
    description: 'FileKeySelector names a key of a file of variables in a volume.',
    fields: {
      key: 'The key.',
      optional: 'Whether the file or the key may be missing. Defaults to false.',
      path: 'The path of the file in the volume.',
      volumeName: 'The volume, an emptyDir of the Pod.',
    },
  },
  ObjectFieldSelector: {
    description: 'ObjectFieldSelector names a field of the Pod.',
    fields: {
      apiVersion: 'The version in which the field is named. Defaults to v1.',
      fieldPath: 'The field, such as metadata.name.',
    },
  },
  ResourceFieldSelector: {
    description: 'ResourceFieldSelector names a request or limit of a container.',
    fields: {
      containerName: 'The container. Required in volumes, for variables the container itself.',
      divisor: 'What the value is divided by, such as 1Mi; the result is rounded up. Defaults to 1.',
      resource: 'What is meant, such as limits.cpu or requests.memory.',
    },
  },
  ResourceRequirements: {
    description: 'ResourceRequirements says what a container needs and what it gets at most.',
    fields: {
      claims: 'Claims of the Pod that the container uses.',
      limits:
        'The most that it gets. Beyond its CPU limit a container is slowed down, beyond its memory limit it is killed (OOMKilled).',
      requests:
        'What is set aside for it: the scheduler looks for a node with that much left. Defaults to limits.',
    },
  },
  SecretEnvSource: {
    description: 'SecretEnvSource turns all keys of a Secret into environment variables.',
    fields: {
      name: 'The name of the Secret, in the same namespace.',
      optional: 'Whether the container starts although there is no such Secret. Defaults to false.',
    },
  },
  SecretKeySelector: {
    description: 'SecretKeySelector names one key of a Secret.',
    fields: {
      key: 'The key.',
      name: 'The name of the Secret, in the same namespace.',
      optional:
        'Whether the Secret or the key may be missing. Defaults to false: the container does not start.',
    },
  },
};
