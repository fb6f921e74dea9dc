import type { Manual } from './manual';

/** The manual page of `kubectl apply view-last-applied`. */
export const applyViewLastAppliedManual: Manual = {
  name: 'view-last-applied',
  summary: 'View the latest last-applied-configuration annotations of a resource/object',
  long: `View the latest last-applied-configuration annotations by type/name or file.

 The default output will be printed to stdout in YAML format. You can use the -o option to change the output format.`,
  usage: 'apply view-last-applied (TYPE [NAME | -l label] | TYPE/NAME | -f FILENAME) [options]',
  examples: `  # View the last-applied-configuration annotations by type/name in YAML
  kubectl apply view-last-applied deployment/nginx
  
  # View the last-applied-configuration annotations by file in JSON
  kubectl apply view-last-applied -f deploy.yaml -o json`,
  flags: [
    {
      name: 'all',
      type: 'bool',
      default: 'false',
      description: 'Select all resources in the namespace of the specified resource types',
    },
    {
      name: 'filename',
      short: 'f',
      type: 'stringSlice',
      default: '[]',
      description:
        'Filename, directory, or URL to files that contains the last-applied-configuration annotations',
    },
    {
      name: 'kustomize',
      short: 'k',
      type: 'string',
      default: "''",
      description: "Process the kustomization directory. This flag can't be used together with -f or -R.",
    },
    {
      name: 'output',
      short: 'o',
      type: 'string',
      default: "'yaml'",
      description: 'Output format. Must be one of (yaml, json)',
    },
    {
      name: 'recursive',
      short: 'R',
      type: 'bool',
      default: 'false',
      description:
        'Process the directory used in -f, --filename recursively. Useful when you want to manage related manifests organized within the same directory.',
    },
    {
      name: 'selector',
      short: 'l',
      type: 'string',
      default: "''",
      description:
        "Selector (label query) to filter on, supports '=', '==', '!=', 'in', 'notin'.(e.g. -l key1=value1,key2=value2,key3 in (value3)). Matching objects must satisfy all of the specified label constraints.",
    },
  ],
};
