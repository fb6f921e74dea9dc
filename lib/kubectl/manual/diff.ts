import type { Manual } from './manual';

/** The manual page of `kubectl diff`. */
export const diffManual: Manual = {
  name: 'diff',
  summary: 'Diff the live version against a would-be applied version',
  long: `Diff configurations specified by file name or stdin between the current online configuration, and the configuration as it would be if applied.

 The output is always YAML.

 KUBECTL_EXTERNAL_DIFF environment variable can be used to select your own diff command. Users can use external commands with params too, example: KUBECTL_EXTERNAL_DIFF="colordiff -N -u"

 By default, the "diff" command available in your path will be run with the "-u" (unified diff) and "-N" (treat absent files as empty) options.

 Exit status: 0 No differences were found. 1 Differences were found. >1 Kubectl or diff failed with an error.

 Note: KUBECTL_EXTERNAL_DIFF, if used, is expected to follow that convention.`,
  usage: 'diff -f FILENAME [options]',
  examples: `  # Diff resources included in pod.json
  kubectl diff -f pod.json
  
  # Diff file read from stdin
  cat service.yaml | kubectl diff -f -`,
  flags: [
    {
      name: 'concurrency',
      type: 'int',
      default: '1',
      description:
        'Number of objects to process in parallel when diffing against the live version. Larger number = faster, but more memory, I/O and CPU over that shorter period of time.',
    },
    {
      name: 'field-manager',
      type: 'string',
      default: "'kubectl-client-side-apply'",
      description: 'Name of the manager used to track field ownership.',
    },
    {
      name: 'filename',
      short: 'f',
      type: 'stringSlice',
      default: '[]',
      description: 'Filename, directory, or URL to files contains the configuration to diff',
    },
    {
      name: 'force-conflicts',
      type: 'bool',
      default: 'false',
      description: 'If true, server-side apply will force the changes against conflicts.',
    },
    {
      name: 'kustomize',
      short: 'k',
      type: 'string',
      default: "''",
      description: "Process the kustomization directory. This flag can't be used together with -f or -R.",
    },
    {
      name: 'prune',
      type: 'bool',
      default: 'false',
      description:
        'Include resources that would be deleted by pruning. Can be used with -l and default shows all resources would be pruned',
    },
    {
      name: 'prune-allowlist',
      type: 'stringArray',
      default: '[]',
      description: 'Overwrite the default allowlist with <group/version/kind> for --prune',
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
    {
      name: 'server-side',
      type: 'bool',
      default: 'false',
      description: 'If true, apply runs in the server instead of the client.',
    },
    {
      name: 'show-managed-fields',
      type: 'bool',
      default: 'false',
      description: 'If true, include managed fields in the diff.',
    },
  ],
};
