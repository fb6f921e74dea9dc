import type { Manual } from './manual';

/** The manual page of `kubectl set selector`. */
export const setSelectorManual: Manual = {
  name: 'selector',
  summary: 'Set the selector on a resource',
  long: `Set the selector on a resource. Note that the new selector will overwrite the old selector if the resource had one prior to the invocation of 'set selector'.

 A selector must begin with a letter or number, and may contain letters, numbers, hyphens, dots, and underscores, up to 63 characters. If --resource-version is specified, then updates will use this resource version, otherwise the existing resource-version will be used. Note: currently selectors can only be set on Service objects.`,
  usage: 'set selector (-f FILENAME | TYPE NAME) EXPRESSIONS [--resource-version=version] [options]',
  examples: `  # Set the labels and selector before creating a deployment/service pair
  kubectl create service clusterip my-svc --clusterip="None" -o yaml --dry-run=client | kubectl set selector --local -f - 'environment=qa' -o yaml | kubectl create -f -
  kubectl create deployment my-dep --image=nginx -o yaml --dry-run=client | kubectl label --local -f - environment=qa -o yaml | kubectl create -f -`,
  flags: [
    {
      name: 'all',
      type: 'bool',
      default: 'false',
      description: 'Select all resources in the namespace of the specified resource types',
    },
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
      default: "'kubectl-set'",
      description: 'Name of the manager used to track field ownership.',
    },
    {
      name: 'filename',
      short: 'f',
      type: 'stringSlice',
      default: '[]',
      description: 'identifying the resource.',
    },
    {
      name: 'local',
      type: 'bool',
      default: 'false',
      description: 'If true, annotation will NOT contact api-server but run locally.',
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
      name: 'recursive',
      short: 'R',
      type: 'bool',
      default: 'true',
      description:
        'Process the directory used in -f, --filename recursively. Useful when you want to manage related manifests organized within the same directory.',
    },
    {
      name: 'resource-version',
      type: 'string',
      default: "''",
      description:
        'If non-empty, the selectors update will only succeed if this is the current resource-version for the object. Only valid when specifying a single resource.',
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
  ],
};
