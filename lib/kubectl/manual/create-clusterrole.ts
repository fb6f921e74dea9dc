import type { Manual } from './manual';

/** The manual page of `kubectl create clusterrole`. */
export const createClusterroleManual: Manual = {
  name: 'clusterrole',
  summary: 'Create a cluster role',
  long: 'Create a cluster role.',
  usage:
    'create clusterrole NAME --verb=verb --resource=resource.group [--resource-name=resourcename] [--dry-run=server|client|none] [options]',
  examples: `  # Create a cluster role named "pod-reader" that allows user to perform "get", "watch" and "list" on pods
  kubectl create clusterrole pod-reader --verb=get,list,watch --resource=pods
  
  # Create a cluster role named "pod-reader" with ResourceName specified
  kubectl create clusterrole pod-reader --verb=get --resource=pods --resource-name=readablepod --resource-name=anotherpod
  
  # Create a cluster role named "foo" with API Group specified
  kubectl create clusterrole foo --verb=get,list,watch --resource=rs.apps
  
  # Create a cluster role named "foo" with SubResource specified
  kubectl create clusterrole foo --verb=get,list,watch --resource=pods,pods/status
  
  # Create a cluster role name "foo" with NonResourceURL specified
  kubectl create clusterrole "foo" --verb=get --non-resource-url=/logs/*
  
  # Create a cluster role name "monitoring" with AggregationRule specified
  kubectl create clusterrole monitoring --aggregation-rule="rbac.example.com/aggregate-to-monitoring=true"`,
  flags: [
    {
      name: 'aggregation-rule',
      type: 'string',
      default: '',
      description: 'An aggregation label selector for combining ClusterRoles.',
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
      default: "'kubectl-create'",
      description: 'Name of the manager used to track field ownership.',
    },
    {
      name: 'non-resource-url',
      type: 'stringSlice',
      default: '[]',
      description: 'A partial url that user should have access to.',
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
      name: 'resource',
      type: 'stringSlice',
      default: '[]',
      description: 'Resource that the rule applies to',
    },
    {
      name: 'resource-name',
      type: 'stringArray',
      default: '[]',
      description: 'Resource in the white list that the rule applies to, repeat this flag for multiple items',
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
    {
      name: 'verb',
      type: 'stringSlice',
      default: '[]',
      description: 'Verb that applies to the resources contained in the rule',
    },
  ],
};
