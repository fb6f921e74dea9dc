import type { Scenario } from '../scenario.test-support';

const RUN = { run: 'kubectl run web --image=nginx', stdout: 'pod/web created\n' };
const READY = { run: 'kubectl wait pod/web --for=condition=Ready --timeout=15s', stdout: /condition met/ };

/** Into containers and back: exec, attach, and what there is no way for. */
export const inside: readonly Scenario[] = [
  {
    name: 'exec',
    steps: [
      RUN,
      READY,
      { run: 'kubectl exec web -- echo hello', stdout: 'hello\n' },
      {
        run: `kubectl exec web -- sh -c 'echo out; echo err >&2; exit 3'`,
        status: 3,
        stdout: 'out\n',
        stderr: 'err\ncommand terminated with exit code 3\n',
      },
      { run: 'kubectl exec -i web -- cat', stdin: 'one\ntwo\n', stdout: 'one\ntwo\n' },
      {
        run: 'kubectl exec -i web -- sh',
        stdin: 'x=4\necho $((x * 10)) é\nexit 7\n',
        status: 7,
        stdout: '40 é\n',
        stderr: 'command terminated with exit code 7\n',
      },
      {
        run: 'head -c 300000 /dev/zero | tr "\\0" x | kubectl exec -i web -- wc -c',
        stdout: /^\s*300000\n$/,
      },
      {
        run: `kubectl exec web -- sh -c 'i=0; while [ $i -lt 4000 ]; do echo 0123456789012345678901234567890123456789; i=$((i+1)); done' | wc -c`,
        stdout: /^\s*164000\n$/,
      },
      {
        run: 'kubectl exec web -- nosuch',
        status: 1,
        stderr: /exec: "nosuch": executable file not found in \$PATH/,
      },
      {
        run: 'kubectl exec web -c nosuch -- date',
        status: 1,
        stderr: 'Error from server (BadRequest): container nosuch is not valid for pod web\n',
      },
      {
        run: 'kubectl exec nosuch -- date',
        status: 1,
        stderr: 'Error from server (NotFound): pods "nosuch" not found\n',
      },
      {
        run: 'kubectl exec -it web -- echo hello',
        stdout: /hello/,
        stderr: /Unable to use a TTY - input is not a terminal or the right kind of file/,
      },
      { run: `kubectl exec web -- curl -s -o /dev/null -w '%{http_code}' http://localhost`, stdout: '200' },
      { run: 'kubectl logs web --tail=1', stdout: /"GET \/ HTTP\/1\.1" 200 615 / },
      {
        run: `kubectl exec web -- sh -c 'echo kept > /tmp/note' && kubectl exec web -- cat /tmp/note`,
        stdout: 'kept\n',
      },
    ],
  },
  {
    name: 'attach',
    steps: [
      {
        run: `kubectl run talk --image=busybox --restart=Never -- sh -c 'sleep 20; echo said; sleep 5; exit 4'`,
        stdout: 'pod/talk created\n',
      },
      { run: 'kubectl wait pod/talk --for=condition=Ready --timeout=15s', stdout: /condition met/ },
      { run: 'kubectl attach talk --quiet', stdout: 'said\n' },
      {
        run: 'kubectl attach talk',
        status: 1,
        stderr: 'error: cannot attach a container in a completed pod; current phase is Failed\n',
      },
      {
        run: 'kubectl attach nosuch',
        status: 1,
        stderr: 'Error from server (NotFound): pods "nosuch" not found\n',
      },
    ],
  },
  {
    name: 'attach to what reads',
    steps: [
      {
        run: 'kubectl run tmp --image=busybox -i --rm --restart=Never --quiet -- sh',
        stdin: 'echo one two\nexit 3\n',
        status: 3,
        stdout: /one two/,
        stderr: 'pod attach-to-what-reads/tmp terminated (Error)\n',
      },
      {
        run: 'kubectl get pod tmp',
        status: 1,
        stderr: 'Error from server (NotFound): pods "tmp" not found\n',
      },
      {
        run: 'kubectl run kept --image=busybox -i --restart=Never --quiet -- cat',
        stdin: 'said\n',
        stdout: /said/,
      },
      { run: 'kubectl logs kept', stdout: /said/ },
      { run: `kubectl get pod kept -o jsonpath='{.status.phase}'`, stdout: 'Succeeded' },
    ],
  },
  {
    name: 'no way there',
    steps: [
      RUN,
      READY,
      { run: 'kubectl top pods', status: 1, stderr: 'error: Metrics API not available\n' },
      { run: 'kubectl top nodes', status: 1, stderr: 'error: Metrics API not available\n' },
      {
        run: 'kubectl get replicationcontrollers',
        status: 1,
        stderr: 'error: the server doesn\'t have a resource type "replicationcontrollers"\n',
      },
    ],
  },
];
