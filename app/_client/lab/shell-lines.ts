/** What is typed on the admin machine to be in a shell elsewhere, and what that terminal is called. */
export interface ShellLine {
  readonly title: string;
  readonly keys: string;
}

/** A shell in a Pod's default container. */
export function podShell(namespace: string, name: string): ShellLine {
  const there = namespace === 'default' ? '' : ` -n ${namespace}`;
  return { title: name, keys: `kubectl exec -it ${name}${there} -- sh\r` };
}

/** A shell on a node. */
export const nodeShell = (name: string): ShellLine => ({ title: name, keys: `ssh ${name}\r` });
