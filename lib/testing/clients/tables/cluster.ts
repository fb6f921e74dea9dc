import type { Scenario } from '../scenario.test-support';

/** The cluster itself: what it serves, who one is, nodes. */
export const cluster: readonly Scenario[] = [
  {
    name: 'discovery',
    steps: [
      {
        run: 'kubectl version',
        stdout: 'Client Version: v1.35.2\nKustomize Version: v5.7.1\nServer Version: v1.35.0\n',
      },
      {
        run: 'kubectl cluster-info',
        stdout: /Kubernetes control plane.* is running at .*http:\/\/127\.0\.0\.1:\d+/,
      },
      { run: 'kubectl api-versions', stdout: [/^apps\/v1$/m, /^discovery\.k8s\.io\/v1$/m, /^v1$/m] },
      {
        run: 'kubectl api-resources',
        stdout: [
          /^services +svc +v1 +true +Service$/m,
          /^endpointslices +discovery\.k8s\.io\/v1 +true +EndpointSlice$/m,
          /^nodes +no +v1 +false +Node$/m,
        ],
      },
      {
        run: 'kubectl api-resources --verbs=create --namespaced=false -o name',
        stdout: /^clusterroles\.rbac\.authorization\.k8s\.io$/m,
      },
      {
        run: 'kubectl explain service.spec.type',
        stdout: [/^KIND: +Service$/m, /^FIELD: type <string>$/m, /ExternalName/],
      },
      { run: 'kubectl explain deployment.spec --recursive', stdout: /^ +maxSurge\t<IntOrString>$/m },
      {
        run: 'kubectl get nosuch',
        status: 1,
        stderr: 'error: the server doesn\'t have a resource type "nosuch"\n',
      },
      { run: 'kubectl get --raw /readyz', stdout: 'ok' },
      { run: `kubectl get --raw '/livez?verbose'`, stdout: /^\[\+\]ping ok\n[\s\S]*livez check passed\n$/ },
      {
        run: 'kubectl get --raw /metrics',
        status: 1,
        stderr: 'Error from server (NotFound): the server could not find the requested resource\n',
      },
      {
        run: `kubectl get services -A -l 'component in (apiserver)' --field-selector metadata.name=kubernetes --no-headers`,
        stdout: /^default +kubernetes +ClusterIP +10\.96\.0\.1 +<none> +443\/TCP +\S+\n$/,
      },
      { run: 'kubectl get pods --field-selector x=y', status: 1, stderr: /field label not supported: x\n$/ },
      { run: 'kubectl get pods -n kube-system --chunk-size=2 -o name | wc -l', stdout: /^\s*\d+\n$/ },
      {
        run: 'kubectl get namespace -o custom-columns=NAME:.metadata.name --sort-by=.metadata.name --no-headers',
        stdout: /^kube-public$/m,
      },
      { run: 'kubectl events -n kube-system', stdout: /LAST SEEN|No events/ },
    ],
  },
  {
    name: 'who one is',
    steps: [
      { run: 'kubectl auth can-i create deployments', stdout: 'yes\n' },
      { run: 'kubectl auth can-i create pods --subresource=exec', stdout: 'yes\n' },
      { run: 'kubectl auth can-i get secrets --as=somebody', status: 1, stdout: 'no\n' },
      { run: 'kubectl auth whoami -o jsonpath={.status.userInfo.username}', stdout: 'kubernetes-admin' },
      { run: 'kubectl auth can-i --list', stdout: /^\*\.\* +\[\] +\[\] +\[\*\]$/m },
      {
        run: 'kubectl get pods --as=somebody',
        status: 1,
        stderr:
          /^Error from server \(Forbidden\): pods is forbidden: User "somebody" cannot list resource "pods" in API group "" in the namespace "\S+"\n$/,
      },
      { run: 'kubectl create serviceaccount robot', stdout: 'serviceaccount/robot created\n' },
      { run: 'kubectl create role reader --verb=list --resource=pods', stdout: /created/ },
      {
        run: 'kubectl create rolebinding robot --role=reader --serviceaccount=$NAMESPACE:robot',
        stdout: /created/,
      },
      { run: 'kubectl get pods --as=system:serviceaccount:$NAMESPACE:robot', stderr: /^No resources found/ },
      {
        run: 'kubectl create token robot --duration=20m | cut -d. -f2 | base64 -d 2>/dev/null | grep -o "system:serviceaccount:[a-z:-]*:robot"',
        stdout: /^system:serviceaccount:\S+:robot$/m,
      },
      {
        run: 'kubectl exec nosuch --as=system:serviceaccount:$NAMESPACE:robot -- date',
        status: 1,
        stderr: /cannot (get|create) resource "pods(\/exec)?"/,
      },
    ],
  },
  {
    name: 'nodes',
    steps: [
      {
        run: 'kubectl get nodes',
        stdout: [/^control-plane +Ready +control-plane +\S+ +v1\.35\.0$/m, /^worker-2 +Ready +<none> /m],
      },
      { run: 'kubectl create deployment web --image=nginx --replicas=4', stdout: /created/ },
      { run: 'kubectl rollout status deployment/web --timeout=15s', stdout: /successfully rolled out/ },
      { run: 'kubectl cordon worker-1', stdout: 'node/worker-1 cordoned\n' },
      { run: 'kubectl get node worker-1', stdout: /^worker-1 +Ready,SchedulingDisabled /m },
      {
        run: 'kubectl drain worker-1 --ignore-daemonsets --force --timeout=20s',
        stdout: [/^evicting pod \S+\/web-/m, /^node\/worker-1 drained$/m],
        stderr: /Warning: ignoring DaemonSet-managed Pods: kube-system\/kube-proxy-\w+/,
      },
      {
        run: 'kubectl get pods -o wide --field-selector spec.nodeName=worker-1',
        stderr: /^No resources found/,
      },
      { run: 'kubectl uncordon worker-1', stdout: 'node/worker-1 uncordoned\n' },
      { run: 'kubectl taint node worker-2 keep=out:NoExecute', stdout: 'node/worker-2 tainted\n' },
      { run: 'kubectl taint node worker-2 keep-', stdout: 'node/worker-2 untainted\n' },
      { run: 'kubectl label node worker-2 disk=ssd', stdout: 'node/worker-2 labeled\n' },
      {
        run: 'kubectl describe node worker-2',
        stdout: [/^Roles: +<none>$/m, /^ {2}Ready +True /m, /disk=ssd/],
      },
    ],
  },
];
