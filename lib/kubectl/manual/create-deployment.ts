import type { Manual } from './manual';

/** The manual page of `kubectl create deployment`. */
export const createDeploymentManual: Manual = {
  name: 'deployment',
  aliases: ['deploy'],
  summary: 'Create a deployment with the specified name',
  long: 'Create a deployment with the specified name.',
  usage: 'create deployment NAME --image=image -- [COMMAND] [args...] [options]',
  examples: `  # Create a deployment named my-dep that runs the busybox image
  kubectl create deployment my-dep --image=busybox
  
  # Create a deployment with a command
  kubectl create deployment my-dep --image=busybox -- date
  
  # Create a deployment named my-dep that runs the nginx image with 3 replicas
  kubectl create deployment my-dep --image=nginx --replicas=3
  
  # Create a deployment named my-dep that runs the busybox image and expose port 5701
  kubectl create deployment my-dep --image=busybox --port=5701
  
  # Create a deployment named my-dep that runs multiple containers
  kubectl create deployment my-dep --image=busybox:latest --image=ubuntu:latest --image=nginx`,
  flags: [
    {
      name: 'allow-missing-template-keys',
      type: 'bool',
      default: 'true',
      description:
        'If true, ignore any errors in templates when a field or map key is missing in the template. Only applies to golang and jsonpath output formats.',
    },
    {
      name: 'dry-run',
      type: 'string',
      default: "'none'",
      noOptDefault: 'unchanged',
      description:
        'Must be "none", "server", or "client". If client strategy, only print the object that would be sent, without sending it. If server strategy, submit server-side request without persisting the resource.',
    },
    {
      name: 'field-manager',
      type: 'string',
      default: "'kubectl-create'",
      description: 'Name of the manager used to track field ownership.',
    },
    {
      name: 'image',
      type: 'stringSlice',
      default: '[]',
      description: 'Image names to run. A deployment can have multiple images set for multi-container pod.',
    },
    {
      name: 'output',
      short: 'o',
      type: 'string',
      default: "''",
      description:
        'Output format. One of: (json, yaml, kyaml, name, go-template, go-template-file, template, templatefile, jsonpath, jsonpath-as-json, jsonpath-file).',
    },
    {
      name: 'port',
      type: 'int',
      default: '-1',
      description: 'The containerPort that this deployment exposes.',
    },
    {
      name: 'replicas',
      short: 'r',
      type: 'int',
      default: '1',
      description: 'Number of replicas to create. Default is 1.',
    },
    {
      name: 'save-config',
      type: 'bool',
      default: 'false',
      description:
        'If true, the configuration of current object will be saved in its annotation. Otherwise, the annotation will be unchanged. This flag is useful when you want to perform kubectl apply on this object in the future.',
    },
    {
      name: 'show-managed-fields',
      type: 'bool',
      default: 'false',
      description: 'If true, keep the managedFields when printing objects in JSON or YAML format.',
    },
    {
      name: 'template',
      type: 'string',
      default: "''",
      description:
        'Template string or path to template file to use when -o=go-template, -o=go-template-file. The template format is golang templates [http://golang.org/pkg/text/template/#pkg-overview].',
    },
    {
      name: 'validate',
      type: 'string',
      default: "'strict'",
      noOptDefault: 'strict',
      description:
        'Must be one of: strict (or true), warn, ignore (or false). "true" or "strict" will use a schema to validate the input and fail the request if invalid. It will perform server side validation if ServerSideFieldValidation is enabled on the api-server, but will fall back to less reliable client-side validation if not. "warn" will warn about unknown or duplicate fields without blocking the request if server-side field validation is enabled on the API server, and behave as "ignore" otherwise. "false" or "ignore" will not perform any schema validation, silently dropping any unknown or duplicate fields.',
    },
  ],
};
